"""No picture address that the atlas offers fails: seeded choices of all kinds and sizes."""

from __future__ import annotations

import random
from datetime import date

import pytest

from geo.analysis import (
    CLASS_MODES,
    DIFFERENCE_MODES,
    FIT_MODES,
    LINE_MODES,
    QUADRANT_MODES,
    SECOND_MEASURES,
    published_measures,
)
from geo.limits import MAX_CHOSEN
from geo.maps.classes import METHODS
from geo.pictures import (
    BIVARIATE_KIND,
    COMPARISON_KIND,
    FIGURE_KINDS,
    FIGURE_LANGUAGES,
    FIGURE_SIZES,
    INDEX_KIND,
    MAP_KIND,
    PROFILE_KIND,
    SCATTER_KIND,
    TIME_SERIES_KIND,
    TWO_MAPS_KIND,
    request_from_address,
)
from geo.pictures.figure_kinds import RANKING_KIND
from geo.pictures.guard import find_layout_faults
from geo.pictures.rendering import lay_out
from geo.text import InputError
from geo.units import evaluated_adcodes, provinces
from tests.cases import ALL_CASES

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 27)
BASE = "https://atlas.example.org/"
SAMPLES = 3 if ALL_CASES else 1  # of each kind in each size and language; the seed names them

PAIR_MAPS = (TWO_MAPS_KIND, BIVARIATE_KIND)


def choose_measure(draw: random.Random, kind: str) -> str:
    names = [
        name
        for name, measure in published_measures().items()
        if kind != INDEX_KIND or measure.kind == "index"
    ]
    return draw.choice(names)


def choose_address(kind: str, size: str, lang: str, draw: random.Random) -> dict[str, str]:
    """An address as the pages write it, each optional part there or not."""
    measure = choose_measure(draw, kind)
    years = published_measures()[measure].years
    texts = {"kind": kind, "size": size, "lang": lang, "year": str(draw.choice(years))}
    some = draw.sample(list(evaluated_adcodes()), draw.randint(2, MAX_CHOSEN))
    if kind not in (PROFILE_KIND, COMPARISON_KIND):
        texts["measure"] = measure
    if kind in (MAP_KIND, RANKING_KIND):
        texts |= {"method": draw.choice(list(METHODS)), "classes": str(draw.randint(3, 7))}
    if kind in (MAP_KIND, RANKING_KIND, INDEX_KIND, *PAIR_MAPS, PROFILE_KIND):
        texts["province"] = draw.choice(list(provinces()))
    if kind in (COMPARISON_KIND, SCATTER_KIND, TIME_SERIES_KIND):
        texts["provinces"] = ",".join(some)
    if kind in (*PAIR_MAPS, SCATTER_KIND):
        second = draw.choice([*SECOND_MEASURES, choose_measure(draw, kind), ""])
        if second:
            texts["measure2"] = second
        if not second or draw.random() < 0.7:
            texts["year2"] = str(draw.choice(published_measures()[second or measure].years))
    optional = {
        TWO_MAPS_KIND: {"classed": CLASS_MODES, "third": DIFFERENCE_MODES},
        SCATTER_KIND: {"quadrants": QUADRANT_MODES, "fit": FIT_MODES},
        TIME_SERIES_KIND: {"course": LINE_MODES},
    }
    texts |= {name: draw.choice(list(of)) for name, of in optional.get(kind, {}).items()}
    for name, value in (("qr", "1"), ("note", "Draft 草稿, not for release")):
        if draw.random() < 0.3:
            texts[name] = value
    return texts


@pytest.mark.parametrize("kind", FIGURE_KINDS)
@pytest.mark.parametrize("lang", FIGURE_LANGUAGES)
def test_every_address_gives_a_picture_without_fault(kind, lang):
    refused = 0
    for size in FIGURE_SIZES:
        for sample in range(SAMPLES):
            draw = random.Random(f"{kind} {size} {lang} {sample}")
            texts = choose_address(kind, size, lang, draw)
            try:
                picture = request_from_address(texts, BASE, DAY)
            except InputError:
                refused += 1  # 400, in a sentence: two measures without a province in common
                continue
            assert find_layout_faults(lay_out(picture)) == [], texts
    assert refused <= len(FIGURE_SIZES) * SAMPLES / 2


def test_a_second_year_alone_is_of_the_same_measure():
    texts = {"kind": TWO_MAPS_KIND, "measure": "gdp_per_capita", "year": "2016", "year2": "2020"}
    picture = request_from_address(texts, BASE, DAY)
    assert (picture.measure2, picture.year2) == ("gdp_per_capita", 2020)
    assert find_layout_faults(lay_out(picture)) == []
