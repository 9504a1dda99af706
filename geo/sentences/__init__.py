"""Sentences made from the figures, each with the cells that its numbers were read from.

A sentence about who is first leaves doubtful figures aside and says so, and names the gap where
fewer than 31 provinces have a figure. A change compares years without a break and calls current
prices nominal.
"""

from geo.sentences.measure import describe_leaders, describe_risers
from geo.sentences.pen import CitedFigure, Sentence, SentenceBuilder, join_sentences, province_name
from geo.sentences.province import describe_province

__all__ = [
    "CitedFigure",
    "Sentence",
    "SentenceBuilder",
    "describe_leaders",
    "describe_province",
    "describe_risers",
    "join_sentences",
    "province_name",
]
