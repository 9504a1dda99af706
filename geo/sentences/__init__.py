"""Sentences made from the figures, each with the cells that its numbers were read from.

A sentence about who is first leaves doubtful figures aside and says so, and names the gap where
fewer than 31 provinces have a figure. A change compares years without a break and calls current
prices nominal. A rank is the report's or ours, and says which.
"""

from geo.sentences.leading import leaders, risers
from geo.sentences.pen import Figure, Pen, Sentence, joined, name
from geo.sentences.portrait import portrait

__all__ = ["Figure", "Pen", "Sentence", "joined", "leaders", "name", "portrait", "risers"]
