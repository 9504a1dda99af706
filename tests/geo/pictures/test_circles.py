"""Pictures of a total: circles on the map and on tiles, the same in the legend."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from geo.analysis import build_catalogue
from geo.pictures import FigureRequest
from geo.pictures.guard import find_layout_faults
from geo.pictures.rendering import lay_out
from geo.pictures.sheet import ShapeItem
from tests.geo.maps.test_circles import OUTPUT

REQUEST = FigureRequest(
    measure=OUTPUT.id, year=2017, catalogue=build_catalogue({OUTPUT.id: OUTPUT})
)


def circles(sheet, role="circle"):
    return [
        item
        for item in sheet.items
        if isinstance(item, ShapeItem)
        and item.role == role
        and len(item.shape.exterior.coords) > 40
    ]


@pytest.mark.parametrize("layout", ["map", "tiles"])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_areas_on_the_picture_are_in_proportion_and_the_legend_has_the_same_scale(layout, lang):
    sheet = lay_out(replace(REQUEST, layout=layout, lang=lang))
    assert find_layout_faults(sheet) == []
    areas = {item.about: item.shape.area for item in circles(sheet)}
    assert list(areas) == sorted(areas, key=lambda a: -areas[a]) or layout == "tiles"
    assert areas["110000"] / areas["310000"] == pytest.approx(4, rel=0.01)
    legend = [item.shape.area for item in circles(sheet, "legend sign")]
    assert len(legend) == 3
    assert legend[1] == pytest.approx(areas["310000"], rel=0.01)  # 100 in both


def test_two_maps_share_the_scale():
    sheet = lay_out(replace(REQUEST, kind="two_maps", year=2016, measure2=OUTPUT.id, year2=2017))
    areas = [item.shape.area for item in circles(sheet) if item.about == "110000"]
    assert max(areas) / min(areas) == pytest.approx(4, rel=0.01)
    assert not shapely.is_empty(circles(sheet)[0].shape)
