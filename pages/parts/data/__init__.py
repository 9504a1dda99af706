"""The parts of the Data page: the catalogue, the chosen measure, its files, the report."""

from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).parent / "templates"
