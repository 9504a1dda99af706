"""No picture address that the atlas offers fails: seeded choices of all kinds and sizes."""

from __future__ import annotations

import random
from datetime import date

import pytest

from geo import classify
from geo.errors import InputError
from geo.measures import all_measures
from geo.picture import guard, lay_out
from geo.picture.request import (
    COMPARISON,
    FIGURE_NAMES,
    INDEX,
    LANGS,
    MAP,
    PROFILE,
    RANKING,
    SCATTER,
    TIME_SERIES,
    TWO_MAPS,
    request_from_address,
)
from geo.picture.sizes import SIZES
from geo.provinces import evaluated_adcodes, provinces
from geo.view import (
    CLASS_MODES,
    DIFFERENCE_MODES,
    FIT_MODES,
    LINE_MODES,
    MAX_CHOSEN,
    QUADRANT_MODES,
    SECOND_MEASURES,
)

DAY = date(2026, 11, 27)
BASE = "https://atlas.example.org/"
SAMPLES = 3  # of each kind in each size and language; the seed names them


def choose_measure(draw: random.Random, kind: str) -> str:
    names = [
        name for name, measure in all_measures().items() if kind != INDEX or measure.kind == "index"
    ]
    return draw.choice(names)


def choose_address(kind: str, size: str, lang: str, draw: random.Random) -> dict[str, str]:
    """An address as the pages write it, each optional part there or not."""
    measure = choose_measure(draw, kind)
    years = all_measures()[measure].years
    texts = {"kind": kind, "size": size, "lang": lang, "year": str(draw.choice(years))}
    some = draw.sample(list(evaluated_adcodes()), draw.randint(2, MAX_CHOSEN))
    if kind not in (PROFILE, COMPARISON):
        texts["measure"] = measure
    if kind in (MAP, RANKING):
        texts |= {"method": draw.choice(list(classify.METHODS)), "classes": str(draw.randint(3, 7))}
    if kind in (MAP, RANKING, INDEX, TWO_MAPS, PROFILE):
        texts["province"] = draw.choice(list(provinces()))
    if kind in (COMPARISON, SCATTER, TIME_SERIES):
        texts["provinces"] = ",".join(some)
    if kind in (TWO_MAPS, SCATTER):
        second = draw.choice([*SECOND_MEASURES, choose_measure(draw, kind), ""])
        if second:
            texts["measure2"] = second
        if not second or draw.random() < 0.7:
            texts["year2"] = str(draw.choice(all_measures()[second or measure].years))
    optional = {
        TWO_MAPS: {"classed": CLASS_MODES, "third": DIFFERENCE_MODES},
        SCATTER: {"quadrants": QUADRANT_MODES, "fit": FIT_MODES},
        TIME_SERIES: {"course": LINE_MODES},
    }
    texts |= {name: draw.choice(list(of)) for name, of in optional.get(kind, {}).items()}
    for name, value in (("qr", "1"), ("note", "Draft 草稿, not for release")):
        if draw.random() < 0.3:
            texts[name] = value
    return texts


@pytest.mark.parametrize("kind", FIGURE_NAMES)
@pytest.mark.parametrize("lang", LANGS)
def test_every_address_gives_a_picture_without_fault(kind, lang):
    refused = 0
    for size in SIZES:
        for sample in range(SAMPLES):
            draw = random.Random(f"{kind} {size} {lang} {sample}")
            texts = choose_address(kind, size, lang, draw)
            try:
                picture = request_from_address(texts, BASE, DAY)
            except InputError:
                refused += 1  # 400, in a sentence: two measures without a province in common
                continue
            assert guard.find_layout_faults(lay_out(picture)) == [], texts
    assert refused <= len(SIZES) * SAMPLES / 2


def test_a_second_year_alone_is_of_the_same_measure():
    texts = {"kind": TWO_MAPS, "measure": "gdp_per_capita", "year": "2016", "year2": "2020"}
    picture = request_from_address(texts, BASE, DAY)
    assert (picture.measure2, picture.year2) == ("gdp_per_capita", 2020)
    assert guard.find_layout_faults(lay_out(picture)) == []
