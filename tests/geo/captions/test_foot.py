"""The foot of a picture says all cautions, in fewer words where there is less room."""

from __future__ import annotations

from geo.captions import Caution, Foot, Sentence, choose_foot
from geo.text import translator

FOOT = Foot(
    credit="Data: the bureau of statistics.",
    short_credit="Data: bureau.",
    cautions=(
        Caution(Sentence("Three values are in doubt."), Sentence("In doubt: 3.")),
        Caution(Sentence("The series has a break."), Sentence("Break.")),
        Caution(Sentence("Not checked.")),
    ),
    boundaries="Boundaries: survey.",
    hints=(Sentence("Higher is darker."),),
)


def test_every_way_of_saying_a_foot_has_all_cautions():
    variants = list(FOOT.variants())
    assert [len(paragraphs) for paragraphs in variants] == [6, 5, 5, 5]
    for paragraphs in variants:
        for caution in FOOT.cautions:
            assert {caution.sentence.text, caution.short.text} & set(paragraphs), paragraphs
    assert variants[-1] == (
        "Data: bureau.", "In doubt: 3.", "Break.", "Not checked.", "Boundaries: survey.",
    )  # fmt: skip


def test_where_nothing_fits_the_shortest_is_said_as_a_whole():
    paragraphs = choose_foot(FOOT.variants(), len, translator("en"))
    assert paragraphs == (" ".join(list(FOOT.variants())[-1]),)
