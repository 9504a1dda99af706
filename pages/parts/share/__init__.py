"""Share: what a page gives away (link, embed code, picture, data, citation), and its dialogs."""

from pages.parts.share.dialogs import draw_share_buttons
from pages.parts.share.picture import picture_params
from pages.parts.share.slide import (
    ONE,
    PPTX,
    SLIDE_PATH,
    render_slide,
    render_slide_map,
    slide_request,
)
from pages.parts.share.targets import link_params, share_targets

__all__ = [
    "ONE",
    "PPTX",
    "SLIDE_PATH",
    "draw_share_buttons",
    "link_params",
    "picture_params",
    "render_slide",
    "render_slide_map",
    "share_targets",
    "slide_request",
]
