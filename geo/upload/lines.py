"""What a row is by its words, if it is about no province: a total, a region, a note."""

from __future__ import annotations

import re
from typing import Final

from geo.provinces import normalise_name
from geo.upload.source import Cell, cell_text

LONGEST_NAME: Final = 60  # characters; no unit has a name as long
TOTALS: Final = frozenset(
    {"全国", "全国总计", "全国合计", "全国平均", "中国", "总计", "合计", "总和", "平均", "平均值",
     "全国总计平均", "national", "nationaltotal", "nationalaverage", "china", "total", "grandtotal",
     "sum", "average", "mean", "mainlandchina", "prchina", "chinatotal"}
)  # fmt: skip
REGIONS: Final = frozenset(
    {"东部", "中部", "西部", "东北", "华北", "华东", "华中", "华南", "西南", "西北", "东南", "沿海",
     "内地", "京津冀", "长三角", "珠三角", "长江经济带", "eastern",
     "central", "western", "northeastern",
     "east", "west", "northeast", "north", "south", "northwest", "southwest", "southcentral"}
)  # fmt: skip
_REGION_END: Final = re.compile("(地区|区域|region|china|area)$")
_NOTE: Final = re.compile(
    r"(?:[注註]|备\s*注|附注|说明|资料来源|数据来源|来\s*源"
    r"|notes?|sources?|data sources?|remarks?)"
    r"\s*\d*\s*[:：.．、]|[*＊※#†]|[注註]\s*\d",
    re.I,
)


def is_total(cell: Cell) -> bool:
    """Whether a cell names the country, a sum or a mean."""
    return normalise_name(cell_text(cell)[:LONGEST_NAME]) in TOTALS


def is_region(cell: Cell) -> bool:
    """Whether a cell names a part of the country that is larger than a province."""
    name = normalise_name(cell_text(cell)[:LONGEST_NAME])
    return name in REGIONS or (len(name) > 2 and _REGION_END.sub("", name) in REGIONS)


def is_note(cell: Cell) -> bool:
    """Whether a cell begins as notes and sources under a table do."""
    return bool(_NOTE.match(cell_text(cell)[:LONGEST_NAME]))
