"""Parsing of column heads and row labels: names, units, periods, totals, regions, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from geo.limits import MAX_HEAD_LENGTH, MAX_UNIT_NAME_LENGTH
from geo.units import normalise_name
from geo.upload.files import Cell, cell_text
from geo.upload.periods import parse_period, parse_span, split_period

PROVINCE_HEADS: Final = frozenset(
    {"地区", "省份", "省", "省市", "省区市", "省市区", "省级行政区", "名称", "地域", "区域", "省名",
     "省自治区", "省自治区直辖市", "行政区", "行政区域", "行政区划", "地区名称", "省份名称",
     "所在地",
     "province", "provinces", "region", "regions", "name", "area", "provincename", "prov",
     "location", "regionname", "division", "territory", "geo"}
)  # fmt: skip
CITY_HEADS: Final = frozenset(
    {"省会", "省会城市", "首府", "主要城市", "capital", "capitalcity", "城市", "市", "地市",
     "地级市", "市州", "城市名称", "县", "区县", "县市", "县区", "市县", "区",
     "city", "cities", "cityname", "prefecture", "county", "district", "municipality"}
)  # fmt: skip
YEAR_HEADS: Final = frozenset(
    {"年", "年份", "年度", "时间", "year", "years", "date", "time", "period", "日期", "年月",
     "月份",
     "月", "季度", "month", "quarter", "day", "yearmonth", "timeperiod", "统计时间", "报告期",
     "财年",
     "学年", "fy", "yr", "yrs", "refdate", "月度", "观测时间", "年月日", "obstime", "quarteryear",
     "yearquarter",
     "fiscalyear", "updatedate", "updatedatdate", "datetime", "refperiod"}
)  # fmt: skip
DATE_HEADS: Final = frozenset(
    {"日期", "时间", "date", "day", "datetime", "updatedate", "统计时间", "time"}
)
DAY_HEADS: Final = frozenset({"日", "day", "dayofmonth", "日期", "dd"})
QUARTER_HEADS: Final = frozenset({"季度", "季", "quarter", "qtr", "q"})
PART_HEADS: Final = frozenset({"月", "月份", "month", "mon"}) | QUARTER_HEADS
# Heads of columns that tell groups apart, by words or by numbers such as 1 and 2.
GROUP_HEADS: Final = frozenset(
    {"性别", "城乡", "城乡分类", "年龄", "年龄组", "民族", "行业", "sex", "gender", "age",
     "agegroup",
     "sector", "industry", "residence", "urbanrural", "group", "type", "类型", "分组"}
)  # fmt: skip
INDICATOR_HEADS: Final = frozenset(
    {"指标", "指标名称", "项目", "变量", "科目", "指标名", "统计指标", "类别", "indicator",
     "indicators", "indicatorname", "variable", "item", "series", "seriesname", "measure", "metric",
     "subject", "key", "指标代码名称", "指标项", "统计项目", "数据项", "indicatorlabel",
     "variablename",
     "variables", "items", "metrics", "concept", "statistic"}
)  # fmt: skip
UNIT_HEADS: Final = frozenset(
    {
        "单位",
        "计量单位",
        "指标单位",
        "unit",
        "units",
        "uom",
        "unitofmeasure",
        "unitmeasure",
        "单位名称",
        "数据单位",
        "unitname",
        "measureunit",
    }
)
VALUE_HEADS: Final = frozenset(
    {"数值", "值", "数据", "指标值", "数据值", "统计值", "value", "values", "val", "data",
     "obsvalue",
     "v", "amount", "n", "x", "figure", "number", "数", "取值"}
)  # fmt: skip
# Heads of columns that number or code the rows: they look like values but are none.
CODE_HEADS: Final = frozenset(
    {"序号", "编号", "代码", "行政区划代码", "区划代码", "行政代码", "位次", "no", "id", "code",
     "adcode", "gbcode", "fid", "objectid", "index", "rownumber", "iso", "gid", "ogcfid", "rowid",
     "rownames", "省份代码", "省代码", "地区代码", "provcode", "provincecode", "regioncode", "省码",
     "childrennum", "subfeatureindex", "geocode", "areacode", "provinceid", "regionid", "provid",
     "gb", "hasc", "hasc1", "gid1", "cc1", "iso1", "iso31662", "geoid", "行政区代码", "编码",
     "行号"}
)  # fmt: skip
# Codes that are those of provinces by their name, so that two digits are sure.
PROVINCE_CODE: Final = re.compile(
    r"adcode|gbcode|prov|省|行政|区划|地区|^(?:code|gb|geo|iso)|^代码$|^编码$"
)
# Heads of columns about the row and not the province: they are no measures unless chosen.
ASIDE_HEADS: Final = frozenset(
    {"邮编", "邮政编码", "区号", "电话区号", "postcode", "zip", "zipcode", "postalcode", "lat",
     "lon", "lng", "long", "latitude", "longitude", "纬度", "经度", "经纬度", "rank",
     "ranking", "rk", "排名", "名次", "排序", "排位", "shapelength", "shapearea", "shapeleng",
     "latdd", "londd", "xcoord", "ycoord", "centerx", "centery", "中心经度", "中心纬度", "pos"}
)  # fmt: skip
_ASIDE_END: Final = re.compile(r"(排名|名次|位次|序号)$|(?:^|[ _])rank(?:ing)?$", re.I)
# Heads that pandas, R and spreadsheets give to a column of row numbers.
NAMELESS: Final = frozenset({"", "x", "v1", "unnamed0", "index", "1", "level0", "rownames", "c"})
_UNIT: Final = re.compile(r"\s*[(（\[]\s*([^()（）\[\]]{1,40})\s*[)）\]]\s*$")
_TAIL_POWER: Final = re.compile(
    r"(.+)_((?:1?0+_)?(?:thousand|million|billion|trillion|mln|bn))", re.I
)
_TAIL_UNIT: Final = re.compile(
    r"(.*[^\W\d_].*?)\s*[_/，,:：|]\s*([^_/，,:：|]{1,24}(?:/[^_/，,]{1,12})?)"
)
_TUPLE: Final = re.compile(r"\(['\"]([^'\"]*)['\"],\s*['\"]?([^'\"]*?)['\"]?\)")
_STATED_UNIT: Final = re.compile(r"(?:计量)?单\s*位\s*[:：]\s*(.+)|units?\s*[:：]\s*(.+)", re.I)
_BARE_UNIT: Final = re.compile(
    r"[(（\[].{1,40}[)）\]]|[%％‰]|(?:个?百分点|百分比|percent|per cent|pct)"
    r"|[十百千万亿\d]*(?:(?:美|日|欧|港|澳)?元|人次|人|户|吨标准煤|吨|米|公里|平方公里|平方米|立方米|亩|公顷"
    r"|件|个|台|套|部|次|项|辆|册|张|公斤|千克|千瓦时|千瓦|度|家|所|篇|床|岁|小时|天|倍|名|头|只|株|卷"
    r"|艘|架|条|处|座|kg|km|km²|km2|GB|TB|MB|CNY|USD|RMB|yuan|persons?|people|tons?|tonnes?"
    r"|households?|items?|units?|kWh|GWh|TWh|MW|ha|hectares?|years?)(?:/.{1,12})?"
    r"|(?:10 ?000|10k|100 ?million|million|billion|thousand|mn|bn)\s?(?:[\w.]{1,12})?",
    re.I,
)
TOTALS: Final = frozenset(
    {"全国", "全国总计", "全国合计", "全国平均", "中国", "总计", "合计", "总和", "平均", "平均值",
     "全国总计平均", "national", "nationaltotal", "nationalaverage", "china", "total", "grandtotal",
     "sum", "average", "mean", "mainlandchina", "prchina", "chinatotal", "小计", "总体", "总数",
     "均值",
     "平均数", "中位数", "中位值", "标准差", "方差", "变异系数", "极差", "最大值", "最小值", "最大",
     "最小", "众数", "样本数", "观测值", "全国均值", "全国平均水平", "不分地区", "全部", "全部地区",
     "observations", "地区合计", "地区总计", "各省平均", "各地区平均", "各省合计", "省均", "省平均",
     "偏度", "峰度", "skewness", "kurtosis", "中国大陆", "大陆", "中国内地",
     "coefficientofvariation",
     "四分位数", "上四分位数", "下四分位数", "四分位距", "quartile", "iqr", "mode", "几何平均",
     "加权平均", "weightedaverage", "weightedmean", "geometricmean", "allregions", "全国平均值",
     "subtotal", "all", "allprovinces", "nationwide", "wholecountry", "overall", "median", "std",
     "n", "p25", "p50", "p75",
     "stdev", "sd", "stddev", "standarddeviation", "variance", "cv", "max", "min", "maximum",
     "minimum", "count", "obs", "nobs", "range", "totals", "averages", "unweightedaverage",
     "peoplesrepublicofchina", "averagevalue", "chn", "100000", "156000000", "25", "50", "75"}
)  # fmt: skip
REGIONS: Final = frozenset(
    {"东部", "中部", "西部", "东北", "华北", "华东", "华中", "华南", "西南", "西北", "东南", "沿海",
     "内地", "京津冀", "长三角", "珠三角", "长江经济带", "内陆", "北方", "南方", "中西部",
     "粤港澳大湾区",
     "黄河流域", "长江中游", "成渝", "环渤海", "港澳台", "eastern",
     "central", "western", "northeastern", "northern", "southern", "southeastern", "southwestern",
     "northwestern", "coastal", "inland", "coast",
     "east", "west", "northeast", "north", "south", "northwest", "southwest", "southcentral"}
)  # fmt: skip
_REGION_END: Final = re.compile(
    "(地区|区域|各?[\\d一二三四五六七八九十]*个?省市?区?市?|合计|小计|平均|total|average|region|china|area)$"
)
_COUNTED_TOTAL: Final = re.compile(
    r"\d{2}(?:个?省.{0,4}|provinces?)(?:合计|平均|总计|total|average|mean)?"
)
_AMONG: Final = re.compile(r"^(?:其中|of which)\s*[:：,，]?\s*", re.I)
_TOTAL_START: Final = re.compile(
    r"^(全国|合计|总计|中国|china|national|total)(?=[(（\[]|\s*[/|]|\s+(?:china|national|total|average)|[^\w]"
    r"|\d{1,2}$|平均|合计|总计)",
    re.I,
)
# Rows beside the provinces that are neither totals nor unknown names: the corps, what belongs to
# no province, cities that plans list apart, the islands and the dashes of map files.
OTHERS: Final = frozenset(
    {"其他", "其它", "其他地区", "其它地区", "其他省份", "其它省份", "未分配", "未分类", "不明",
     "未分地区",
     "unallocated", "notallocated", "notstated", "unclassified", "restofchina", "未知", "不详",
     "境外", "海外", "国外", "兵团", "新疆兵团",
     "新疆生产建设兵团", "生产建设兵团", "南海诸岛", "南海", "九段线", "十段线", "100000jd", "jd",
     "大连", "大连市", "宁波", "宁波市", "厦门", "厦门市", "青岛", "青岛市", "深圳", "深圳市",
     "中央", "中央本级", "中央单位", "部队", "军队", "总部", "铁路", "民航", "跨省", "跨地区",
     "省外",
     "other", "others", "unknown", "xpcc", "unspecified", "notspecified", "overseas", "military",
     "xinjiangproductionandconstructioncorps", "bingtuan", "centralgovernment", "southchinasea",
     "southchinaseaislands", "elsewhere", "otherprovinces", "notclassified", "dalian", "ningbo",
     "xiamen", "qingdao", "shenzhen"}
)  # fmt: skip
_NOTE: Final = re.compile(
    r"(?:[注註]|备\s*注|附注|说明|资料来源|数据来源|来\s*源"
    r"|notes?|sources?|data sources?|remarks?)"
    r"\s*\d*\s*[:：.．、]|[*＊※#†]|[注註]\s*\d|[(（]?\s*续\s*表|\(?continued\b",
    re.I,
)


@dataclass(frozen=True)
class ColumnHead:
    """A column head and its parts; unit is empty and year None if the head states none.

    year: any period (geo.upload.periods).
    """

    text: str
    name: str
    unit: str = ""
    year: int | None = None


def parse_head(cell: Cell) -> ColumnHead:
    """Return the parts of a head.

    A unit is in brackets, or at the end after ``_``, ``/`` or a comma; a period is the whole head,
    in brackets, its beginning or its end.

    >>> parse_head("2016年地区生产总值（亿元）")
    ColumnHead(text='2016年地区生产总值（亿元）', name='地区生产总值', unit='亿元', year=2016)
    >>> parse_head("GDP (2015 prices)").year
    """
    text = cell_text(cell)
    if len(text) > MAX_HEAD_LENGTH:
        return ColumnHead(text, text)
    year = parse_period(cell)
    if year is None:
        year = parse_span(cell)
    if year is None and (match := _TUPLE.fullmatch(text)):  # heads of pandas at two levels
        return replace(parse_head(f"{match[1]} {match[2]}"), text=text)
    if year is not None:
        return ColumnHead(text, "", year=year)
    name, unit, year = text, "", None
    while match := _UNIT.search(name):
        rest = name[: match.start()].strip()
        period, bracketed = _split_bracket(match[1])
        if not rest or (unit and bracketed) or (year is not None and period is not None):
            break
        name, unit, year = rest, unit or bracketed, year if year is not None else period
    whole = parse_period(name)
    if whole is not None:
        return ColumnHead(text, "", unit, whole)
    rest, second = split_period(name)
    if year is None or second == year:
        name, year = rest, second if year is None else year
    if not unit:
        name, unit = _split_tail_unit(name)
    if not unit and (match := _UNIT.search(name)) and match.start():
        name, unit = name[: match.start()].strip(), match[1].strip()
    return ColumnHead(text, name, unit, year)


def _split_bracket(text: str) -> tuple[int | None, str]:
    """Return the period and the unit that a bracket of a head holds, in either order."""
    period, rest = None, []
    for part in re.split(r"\s*[,，;；、]\s*", text.strip()):
        found = parse_period(part) if period is None else None
        if found is None:
            rest.append(part)
        else:
            period = found
    return period, "，".join(rest) if period is not None else text.strip()


def _split_tail_unit(name: str) -> tuple[str, str]:
    """Return a name without the unit after its last ``_``, ``/`` or comma, and the unit.

    >>> _split_tail_unit("比重_%"), _split_tail_unit("GDP_total")
    (('比重', '%'), ('GDP_total', ''))
    >>> _split_tail_unit("gdp_billion_usd")
    ('gdp', 'billion usd')
    """
    match = _TAIL_UNIT.fullmatch(name)
    if not match or not _BARE_UNIT.fullmatch(match[2]):
        return name, ""
    rest, unit = match[1].strip(), match[2].strip()
    power = _TAIL_POWER.fullmatch(rest)
    return (power[1], f"{power[2].replace('_', ' ')} {unit}") if power else (rest, unit)


def is_one_of(cell: Cell, words: frozenset[str]) -> bool:
    """Return whether a head is one of some words, ignoring case, spaces and unit."""
    return normalise_name(_UNIT.sub("", cell_text(cell))[:40]) in words


def parse_stated_unit(text: str) -> str:
    """Return the unit that a line above a table states for the whole table; empty without one.

    >>> parse_stated_unit("单位：亿元")
    '亿元'
    """
    match = _STATED_UNIT.search(text[:200])
    unit = (match[1] or match[2]).strip(" )）]") if match else ""
    return "" if "、" in unit else unit  # several units belong to one column each


def remove_stated_unit(text: str) -> str:
    """Return a line without the unit that it states; empty if it states nothing else.

    >>> remove_stated_unit("2019年各地区产值（单位：亿元）")
    '2019年各地区产值'
    """
    match = _STATED_UNIT.search(text[:200])
    return text[: match.start()].rstrip(" (（[，,；;:：") if match else text


def parse_bare_unit(cell: Cell) -> str:
    """Return the unit if a cell holds only a unit; empty otherwise.

    >>> parse_bare_unit("(万人)"), parse_bare_unit("亿元"), parse_bare_unit("北京")
    ('万人', '亿元', '')
    """
    if not isinstance(cell, str) or not _BARE_UNIT.fullmatch(cell):
        return ""
    return cell.strip("()（）[] ")


def is_aside(cell: Cell) -> bool:
    """Return whether a head says that a column ranks or locates: no measure unless chosen."""
    text = cell_text(cell)[:MAX_UNIT_NAME_LENGTH]
    return is_one_of(cell, ASIDE_HEADS) or bool(_ASIDE_END.search(_UNIT.sub("", text).strip()))


def is_total(cell: Cell) -> bool:
    """Return whether a cell names the country, a sum, a mean or another statistic."""
    text = _AMONG.sub("", cell_text(cell)[:MAX_UNIT_NAME_LENGTH])
    name = normalise_name(text)
    if name.isdigit():
        return name in ("100000", "156000000") or text.rstrip() in ("25%", "50%", "75%")
    if _COUNTED_TOTAL.fullmatch(name):
        return True
    return name in TOTALS or bool(_TOTAL_START.match(text.replace(" ", "").replace("　", "")))


def is_region(cell: Cell) -> bool:
    """Return whether a cell names a part of the country larger than a province."""
    name = normalise_name(_AMONG.sub("", cell_text(cell)[:MAX_UNIT_NAME_LENGTH]))
    short = _REGION_END.sub("", _REGION_END.sub("", name)) if len(name) > 2 else name
    return name in REGIONS or short in REGIONS


def is_other(cell: Cell) -> bool:
    """Return whether a cell names something beside the provinces that needs no question."""
    return normalise_name(_AMONG.sub("", cell_text(cell)[:MAX_UNIT_NAME_LENGTH])) in OTHERS


def is_note(cell: Cell) -> bool:
    """Return whether a cell begins like a note or source below a table."""
    return bool(_NOTE.match(cell_text(cell)[:MAX_UNIT_NAME_LENGTH]))
