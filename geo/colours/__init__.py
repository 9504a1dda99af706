"""Colours by name, for pages, maps, charts, pictures and slides: all are in ``tokens.toml``."""

from geo.colours.tokens import COLOURS, PALETTES, RAMPS, define_colours

__all__ = ["COLOURS", "PALETTES", "RAMPS", "define_colours"]
