"""The Work page: workspaces of the reader, what the open one holds, its versions and links."""

from pages.parts.work.sheet import draw_work

__all__ = ["draw_work"]
