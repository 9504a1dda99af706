"""What the map's frame is given: the same base always, and texts that nothing can run."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from streamlit_folium import _get_feature_group_string, generate_js_hash, generate_leaflet_string

from geo.analysis import build_measure_map, measure_pane, published_measures, snapshot_of
from geo.maps import (
    MARKER_PATHS,
    STATUS_STYLES,
    AtlasMap,
    MapStyleLayer,
    assign_markers,
    build_pane,
    classify_snapshot,
    map_state,
    web_assets,
)
from geo.maps.markers import CHOSEN
from geo.maps.tooltips import shorten_lines
from geo.maps.webmap import _map_texts
from geo.measures import Status, published_ranks
from geo.text import translator
from geo.units import provinces
from tests.cases import for_each

HOSTILE = [
    "{{ 7*7 }}",
    "{% raw %}",
    "${1+1}",
    "`",
    "<img src=x onerror=alert(1)>",
    "'\\\"",
    "</script>",
    "\u2028",
]
ALL = [(measure.id, year) for measure in published_measures().values() for year in measure.years]


def rendered(base, paint):
    """The two scripts as streamlit-folium makes them, second template pass included."""
    base.get_root().render()
    script = generate_leaflet_string(base)
    return script, _get_feature_group_string(paint, map=base)


def state(measure_id="report_comprehensive", year=2017, lang="en", province=""):
    return map_state([pane(measure_id, year, lang)], "Map", translator(lang), province)


def test_the_inset_has_its_name_in_the_language_of_the_map():
    assert _map_texts()["inset"] == {"en": "South China Sea Islands", "zh": "南海诸岛"}


def test_what_every_view_says_is_part_of_the_script_and_not_of_a_view():
    texts = _map_texts()
    assert set(state()) == {"shows", "lang", "selected", "label", "chosen", "panes"}
    assert texts["names"]["en"][0] == ["110000", "Beijing"]
    assert texts["buttons"]["zh"] == ["放大", "缩小", "显示全图", "全屏"]
    script = web_assets()["boundaries.js"].body.decode()
    assert json.dumps(texts["names"]) in script


def test_a_line_of_several_tooltips_is_sent_once():
    entry = state("broadband_ports_per_100", 2017)["panes"][0]
    assert "Calculated by this atlas from published data" in entry["lines"]
    sent = [line for _, _, lines in entry["cells"] for line in lines if isinstance(line, str)]
    assert len(sent) == len(set(sent)) > 31
    assert not set(sent) & set(entry["lines"])


def pane(measure_id="report_comprehensive", year=2017, lang="en"):
    drawn = classify_snapshot(snapshot_of(measure_id, year))
    return build_pane(drawn, published_measures()[measure_id], translator(lang))


def units(value):
    """By adcode: name, class, status, fill, pattern, mark and the lines below the name."""
    entry, names = value["panes"][0], _map_texts()["names"][value["lang"]]
    return {
        adcode: (name, *entry["looks"][look], mark, read_lines(entry, lines))
        for (adcode, name), (look, mark, lines) in zip(names, entry["cells"], strict=True)
    }


def read_lines(entry, lines):
    """The lines of a tooltip as text, as the browser puts them together."""
    return [
        entry["ends"][place][0] + line + entry["ends"][place][1]
        if isinstance(line, str)
        else entry["lines"][line]
        for place, line in enumerate(lines)
    ]


def read_back(script):
    """The state out of a rendered script, as a browser would read the literal."""
    literal = re.search(r"Atlas\.paint\('(.*)'\);", script).group(1)
    return json.loads(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m.group(1), 16)), literal))


def test_text_comes_out_as_it_was_and_nothing_is_evaluated():
    results = state()
    results["panes"][0]["cells"][0][2] = HOSTILE
    results["label"] = "".join(HOSTILE)
    _, script = rendered(AtlasMap(), MapStyleLayer(results))
    assert "49" not in script.replace("\\u", "")
    assert read_back(script) == json.loads(json.dumps(results))
    literal = re.search(r"Atlas\.paint\('(.*)'\);", script).group(1)
    assert not set(literal.replace("\\u", "")) & set("{}<>&'$\\`\u2028")


def test_the_base_is_the_same_for_every_view():
    scripts = {
        rendered(AtlasMap(), MapStyleLayer(state(measure, year, lang)))[0]
        for measure, year, lang in [
            ("report_comprehensive", 2017, "en"),
            ("gdp_per_capita", 2020, "zh"),
            ("websites_per_1000", 2018, "en"),
        ]
    }
    assert len(scripts) == 1
    assert len(scripts.pop()) < 1000


def test_maps_that_share_a_hash_are_told_apart_by_their_keys():
    """Hazard 3: tokens are stripped before hashing, so that scripts alike share a component."""
    first, second = "var map_aa = one_aaa;", "var map_bb = one_bbb;"
    assert generate_js_hash(first) == generate_js_hash(second)
    assert generate_js_hash(first, "left") != generate_js_hash(second, "right")


def test_only_our_own_files_are_loaded():
    base = AtlasMap()
    links = [link for _, link in base.default_js + base.default_css]
    assert links
    assert all(re.fullmatch(r"/atlas/[a-z]+\.[0-9a-f]{12}\.js", link) for link in links)


@pytest.mark.slow
@for_each("lang", ["en", "zh"])
@for_each("measure_id, year", ALL)
def test_a_change_of_view_is_small_and_complete(measure_id, year, lang):
    results = state(measure_id, year, lang)
    assert len(MapStyleLayer(results).state.encode()) < 10_000
    assert results["shows"] == f"{measure_id}/{year}"
    assert len(units(results)) == 34
    for adcode, (name, group, status, fill, pattern, mark, lines) in units(results).items():
        cell = snapshot_of(measure_id, year).cells[adcode]
        assert status == cell.status
        doubtful = cell.status is Status.DOUBTFUL or cell.may_mean
        assert mark == ("?" if doubtful else "•" if cell.unsure else "")
        assert re.fullmatch(r"#[0-9a-f]{6}", fill)
        classed = cell.status not in STATUS_STYLES and "sizes" not in results["panes"][0]
        assert (group >= 0) == classed
        assert not (pattern and group >= 0)
        assert name == provinces()[adcode].name_in(lang)
        assert str(year) in lines[0]
        assert all(lines)


def test_tooltip_says_name_value_unit_rank_year_status():
    name, *_, lines = units(state("gdp_per_capita", 2017))["440000"]
    assert name == "Guangdong"
    assert re.fullmatch(r"[\d,]+ CNY per person \(2017\)", lines[0])
    assert lines[1:] == ["Rank 7 of 31", "Calculated by this atlas from published data"]
    name, *_, lines = units(state("report_comprehensive", 2017))["130000"]
    assert (name, lines) == ("Hebei", ["Outside the published ten (2017)"])


def test_what_tooltips_have_in_common_is_sent_once():
    (entry,) = state("gdp_per_capita", 2017)["panes"]
    assert list(map(list, entry["ends"][:2])) == [
        ["", " CNY per person (2017)"],
        ["Rank ", " of 31"],
    ]
    assert entry["cells"][0][2][1] == "1"
    assert shorten_lines([["aba", "x"], ["aa", "x"], ["a"]])[1] == [("a", ""), ("", "")]
    assert shorten_lines([]) == ([], [], [])


def test_several_panes_share_names_and_keep_their_cells_apart():
    results = map_state(
        [pane("gdp_per_capita", 2016), pane("urbanization", 2020)],
        "Two maps",
        translator("en"),
        chosen=assign_markers("", ["440000"]),
    )
    assert results["shows"] == "gdp_per_capita/2016+urbanization/2020"
    assert [read_lines(value, value["cells"][0][2])[0] for value in results["panes"]] == [
        build_pane(
            classify_snapshot(snapshot_of(m, y)), published_measures()[m], translator("en")
        ).tooltip_lines(snapshot_of(m, y).cells["110000"])[0]
        for m, y in (("gdp_per_capita", 2016), ("urbanization", 2020))
    ]
    ((adcode, colour, outline),) = results["chosen"]
    assert (adcode, colour, outline) == ("440000", CHOSEN[0].colour, MARKER_PATHS[CHOSEN[0].shape])


def test_ranks_of_a_list_are_numbers_of_the_map():
    choropleth = classify_snapshot(snapshot_of("gdp_per_capita", 2017))
    measure, t = published_measures()["gdp_per_capita"], translator("en")
    ranks = published_ranks("comprehensive", 2017)
    numbers = build_pane(replace(choropleth, ranks=ranks), measure, t).pane_state()["numbers"]
    assert numbers[:2] == [["110000", "1"], ["440000", "2"]]
    assert len(numbers) == 10
    assert build_pane(choropleth, measure, t).pane_state()["numbers"] == []


def test_a_tile_grid_has_tiles_in_place_of_the_boundaries_and_values_on_them():
    assert "grid" in AtlasMap(layout="tiles").frame
    assert "grid" not in AtlasMap().frame
    shown = build_measure_map(published_measures()["gdp_per_capita"], 2020)
    figures = measure_pane(shown, translator("en"), with_figures=True).pane_state()["figures"]
    assert (figures[0], figures[-1]) == ("175,896", "")
    assert "figures" not in measure_pane(shown, translator("en")).pane_state()


def test_uncertain_ranks_give_way_to_the_ranks_of_a_list():
    measure = published_measures()["index_comprehensive"]
    plain = build_measure_map(measure, 2017)
    marked = build_measure_map(measure, 2017, ranks=published_ranks("comprehensive", 2017))
    counts = [
        [mark for _, mark, _ in measure_pane(shown, translator("en")).pane_state()["cells"]].count(
            "•"
        )
        for shown in (plain, marked)
    ]
    assert counts == [20, 0]


def test_files_are_compressed_and_named_by_their_content():
    files = web_assets()
    assert list(files) == ["leaflet.js", "boundaries.js", "labels.js", "map.js"]
    assert len(files["boundaries.js"].encodings["br"]) < 120_000
    assert len({asset.etag for asset in files.values()}) == 4
