"""Loading of the tables in data/ into one checked dataset.

data/datapackage.json describes every table: its content, its sources and the rules of its
columns. The atlas reads no table without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.tables.schema import check_references, read_table
from geo.text import N_, DataError

DATA_DIR: Final = Path(__file__).parents[2] / "data"

# Why a value is marked as doubtful.
DOUBT_REASONS: Final = {
    "spike": N_("far above the adjacent years"),
    "dip": N_("far below the adjacent years"),
    "step": N_("jumps to another level from this year on"),
    "erratic": N_("changes widely from year to year"),
    "exceeds": N_("exceeds the number of mobile phones"),
    "classification": N_("far too low: urban and rural areas may be defined differently"),
}


@dataclass(frozen=True)
class Dataset:
    """The checked tables as pandas frames, with text as str, years as int, values as float.

    Five are indexed by their key: provinces (adcode), dimensions (dimension), catalogue
    (indicator), measures (measure), source_files (file). sections to exhibits: what the report
    states, read by geo.tables.facts and geo.tables.statements. descriptors: the entries of
    datapackage.json by name of the table.
    """

    provinces: pd.DataFrame
    dimensions: pd.DataFrame
    catalogue: pd.DataFrame
    indicators: pd.DataFrame
    measures: pd.DataFrame
    rankings: pd.DataFrame
    doubtful: pd.DataFrame
    breaks: pd.DataFrame
    explained: pd.DataFrame
    cell_remarks: pd.DataFrame
    source_files: pd.DataFrame
    sections: pd.DataFrame
    facts: pd.DataFrame
    statements: pd.DataFrame
    documents: pd.DataFrame
    mentions: pd.DataFrame
    targets: pd.DataFrame
    exhibits: pd.DataFrame
    descriptors: Mapping[str, Any]


def load_dataset(folder: Path = DATA_DIR) -> Dataset:
    """Read all tables of a folder. Raises DataError at the first fault, with file, row, column."""
    try:
        package = json.loads((folder / "datapackage.json").read_text("utf-8"))
        resources = {resource["name"]: resource for resource in package["resources"]}
        tables = {name: read_table(folder, resource) for name, resource in resources.items()}
        for resource in resources.values():
            check_references(tables, resource)
        return Dataset(
            provinces=tables["provinces"].set_index("adcode"),
            dimensions=tables["dimensions"].set_index("dimension"),
            catalogue=tables["indicator_catalogue"].set_index("indicator"),
            indicators=tables["indicators"],
            measures=tables["measures"].set_index("measure"),
            rankings=tables["report_rankings"],
            doubtful=tables["doubtful"],
            breaks=tables["breaks"],
            explained=tables["explained"],
            cell_remarks=tables["cell_remarks"],
            source_files=tables["source_files"].set_index("file"),
            sections=tables["report_sections"],
            facts=tables["report_facts"],
            statements=tables["report_statements"],
            documents=tables["report_documents"],
            mentions=tables["report_mentions"],
            targets=tables["report_targets"],
            exhibits=tables["report_exhibits"],
            descriptors=resources,
        )
    except FileNotFoundError as error:
        # Only the descriptor: read_table names a table that is missing.
        raise DataError(
            N_("{file} is missing from the data folder."), file="datapackage.json"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            N_("{file} cannot be read: {reason}."),
            file="datapackage.json",
            reason=f"{type(error).__name__}: {error}",
        ) from error


@cache
def dataset() -> Dataset:
    """Return the tables of the atlas, read once."""
    return load_dataset()
