"""HTML and SVG from Jinja2 templates: one file a fragment, beside the code that fills it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def render_template(folder: Path, name: str, **values: object) -> Markup:
    """Return a fragment; values are escaped unless they are Markup themselves.

    folder: the folder of templates. name: the file, without its ending if that is html.

    Raises jinja2.UndefinedError if the template uses a value that is not given.
    """
    file_name = name if "." in name else f"{name}.html"
    return Markup(_environment(folder).get_template(file_name).render(values))


@cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
