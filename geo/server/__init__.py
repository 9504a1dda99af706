"""The server around the app: routes, security headers, and the checks before it starts."""

from geo.server.keeping import KEEP_PATH, KEY_COOKIE, keep_route
from geo.server.page import PageMiddleware, build_page
from geo.server.routes import RenderedFile, asset_route, file_route, picture_route
from geo.server.security import SecurityHeadersMiddleware, build_security_policy, error_handler
from geo.server.start import check_data, freeze_objects

__all__ = [
    "KEEP_PATH",
    "KEY_COOKIE",
    "PageMiddleware",
    "RenderedFile",
    "SecurityHeadersMiddleware",
    "asset_route",
    "build_page",
    "build_security_policy",
    "check_data",
    "error_handler",
    "file_route",
    "freeze_objects",
    "keep_route",
    "picture_route",
]
