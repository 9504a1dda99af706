"""No picture address that the atlas offers fails: seeded choices of all kinds and sizes."""

from __future__ import annotations

import random
from datetime import date

import pytest

from geo import classify
from geo.errors import InputError
from geo.measures import measures
from geo.picture import guard, layout
from geo.picture.request import (
    COMPARISON,
    COURSE,
    INDEX,
    LANGS,
    MAP,
    NAMES,
    PROFILE,
    RANKING,
    SCATTER,
    TWO,
    from_address,
)
from geo.picture.sizes import SIZES
from geo.provinces import evaluated, provinces
from geo.view import CLASSED, COURSES, FITS, MOST_CHOSEN, QUADRANTS, SECOND_MEASURES, THIRDS

DAY = date(2026, 11, 27)
BASE = "https://atlas.example.org/"
SAMPLES = 3  # of each kind in each size and language; the seed names them


def choose_measure(draw: random.Random, kind: str) -> str:
    names = [name for name, own in measures().items() if kind != INDEX or own.kind == "index"]
    return draw.choice(names)


def choose_address(kind: str, size: str, lang: str, draw: random.Random) -> dict[str, str]:
    """An address as the pages write it, each optional part there or not."""
    measure = choose_measure(draw, kind)
    years = measures()[measure].years
    found = {"kind": kind, "size": size, "lang": lang, "year": str(draw.choice(years))}
    some = draw.sample(list(evaluated()), draw.randint(2, MOST_CHOSEN))
    if kind not in (PROFILE, COMPARISON):
        found["measure"] = measure
    if kind in (MAP, RANKING):
        found |= {"method": draw.choice(list(classify.METHODS)), "classes": str(draw.randint(3, 7))}
    if kind in (MAP, RANKING, INDEX, TWO, PROFILE):
        found["province"] = draw.choice(list(provinces()))
    if kind in (COMPARISON, SCATTER, COURSE):
        found["provinces"] = ",".join(some)
    if kind in (TWO, SCATTER):
        second = draw.choice([*SECOND_MEASURES, choose_measure(draw, kind), ""])
        if second:
            found["measure2"] = second
        if not second or draw.random() < 0.7:
            found["year2"] = str(draw.choice(measures()[second or measure].years))
    optional = {
        TWO: {"classed": CLASSED, "third": THIRDS},
        SCATTER: {"quadrants": QUADRANTS, "fit": FITS},
        COURSE: {"course": COURSES},
    }
    found |= {name: draw.choice(list(of)) for name, of in optional.get(kind, {}).items()}
    for name, value in (("qr", "1"), ("note", "Draft 草稿, not for release")):
        if draw.random() < 0.3:
            found[name] = value
    return found


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_address_gives_a_picture_without_fault(kind, lang):
    refused = 0
    for size in SIZES:
        for sample in range(SAMPLES):
            draw = random.Random(f"{kind} {size} {lang} {sample}")
            asked = choose_address(kind, size, lang, draw)
            try:
                picture = from_address(asked, BASE, DAY)
            except InputError:
                refused += 1  # 400, in a sentence: two measures without a province in common
                continue
            assert guard.faults(layout(picture)) == [], asked
    assert refused <= len(SIZES) * SAMPLES / 2


def test_a_second_year_alone_is_of_the_same_measure():
    asked = {"kind": TWO, "measure": "gdp_per_capita", "year": "2016", "year2": "2020"}
    picture = from_address(asked, BASE, DAY)
    assert (picture.measure2, picture.year2) == ("gdp_per_capita", 2020)
    assert guard.faults(layout(picture)) == []
