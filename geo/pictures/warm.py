"""What a process that draws pictures imports first: all that a picture needs, read once.

Importing this module draws a picture, so that the first one that a reader waits for takes no longer
than later ones.
"""

from __future__ import annotations

import gc

import geo.pictures  # noqa: F401  registers the kinds of pictures
from geo.pictures.rendering import render_picture
from geo.pictures.request import FigureRequest

render_picture(FigureRequest(), "png")
# What is loaded now lives as long as the process.
gc.collect()
gc.freeze()
