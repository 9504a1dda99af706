"""Every view of the atlas by its address, for the checks of all views and for screenshots."""

from __future__ import annotations

from geo.analysis import LINE_MODES
from geo.measures import dimension_ids
from geo.pictures import FIGURE_KINDS

# The three sizes at which a page is looked at: a desktop, a laptop, a phone.
SIZES = ((1440, 900), (1280, 720), (390, 844))
COMPARED = "provinces=110000,440000,520000,650000"

UPLOADED = "data-own"  # the Data page with an uploaded table, which no address gives
# Name of a view: its path and parameters, without the language.
VIEWS = {
    "first": "?",
    "report-named": "?year=2020&province=440000",
    "report-partial": "?measure=report_industrial_digitalization&year=2018",
    "report-among-ten": "?measure=report_policy_environment&province=350000",
    "indicator": "?measure=gdp_per_capita&year=2020",
    "province": "?measure=software_revenue_share_gdp&year=2021&province=150000",
    "seven-classes": "?measure=telecom_volume_per_resident&year=2018&classes=7&province=310000",
    "hong-kong": "?measure=internet_penetration&year=2020&province=810000",
    "wrong-address": "?measure=nonsense&province=Atlantis",
    **{
        f"province-{adcode}": f"province?province={adcode}&provinces=440000,310000"
        for adcode in ("110000", "520000", "540000", "810000")
    },
    **{f"index-{tab}": f"index?tab={tab}&province=520000" for tab in ("result", "sure", "takes")},
    "index-agreement": "index?tab=agreement",
    "index-method": "index?tab=method",
    "index-own": "index?recipe=1~weighting-own~dimension_weights-policy_environment.0",
    **{
        f"dimension-{dimension}": f"dimension?dimension={dimension}&provinces=110000"
        for dimension in dimension_ids()
    },
    "dimension-national": "dimension?dimension=network_security&tint=national",
    "compare-provinces": f"compare?{COMPARED}",
    "compare-two": "compare?provinces=440000,520000",
    "compare-years-of-one": f"compare?view=maps&measure=urbanization&year=2016"
    f"&measure2=urbanization&{COMPARED}",
    "compare-report": f"compare?view=maps&measure=report_comprehensive&{COMPARED}",
    "compare-unlocked": f"compare?view=maps&measure=gdp_per_capita&classed=own&{COMPARED}",
    "compare-scatter": f"compare?view=scatter&measure=gdp_per_capita&{COMPARED}",
    "compare-scatter-report": f"compare?view=scatter&measure=report_comprehensive&{COMPARED}",
    "compare-both": f"compare?view=both&measure=gdp_per_capita&{COMPARED}",
    **{
        f"compare-{course}": f"compare?view=years&course={course}&measure=gdp_per_capita&{COMPARED}"
        for course in LINE_MODES
    },
    "data": "data?measure=software_revenue_share_gdp&year=2021",
    "data-report": "data?rows=rank",
    "data-index": "data?measure=index_network_security&find=software",
    "data-facts": "data?measure=index_network_security&listed=facts&group=context",
    "work": "work?provinces=110000,520000",
    "briefing": "briefing?measure=gdp_per_capita&year=2020&province=440000",
    **{
        f"briefing-{kind}": f"briefing?kind={kind}&measure=gdp_per_capita&year=2020&{COMPARED}"
        "&province=440000&measure2=urbanization&words=both"
        for kind in FIGURE_KINDS
    },
}
