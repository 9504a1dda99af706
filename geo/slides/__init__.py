"""Slides for briefings as PowerPoint files."""

from geo.slides.deck import build_deck, build_single_slide, deck_file_name
from geo.slides.request import SlideRequest

__all__ = ["SlideRequest", "build_deck", "build_single_slide", "deck_file_name"]
