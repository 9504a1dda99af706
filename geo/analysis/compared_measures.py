"""The measures that something shows: one or two by their ids, and a measure with its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from geo.analysis.registry import Catalogue
from geo.measures import Measure, Snapshot


class HasMeasureIds(Protocol):
    """What names measures of a catalogue: the state of a page, a request for a picture."""

    @property
    def catalogue(self) -> Catalogue:
        """The measures that can be named."""

    @property
    def measure(self) -> str:
        """The id of the measure that is shown."""

    @property
    def measure2(self) -> str:
        """The id of the measure to compare with."""


class MeasureChoice:
    """Base of what names measures by ids: the measures themselves.

    A class that derives from it has the attributes of ``HasMeasureIds``. The properties raise
    KeyError for an id that the catalogue does not have.
    """

    @property
    def shown_measure(self: HasMeasureIds) -> Measure:
        """The measure that is shown, or the first of two."""
        return self.catalogue[self.measure]

    @property
    def second_measure(self: HasMeasureIds) -> Measure:
        """The measure to compare with."""
        return self.catalogue[self.measure2]


@dataclass(frozen=True)
class MeasureInYear:
    """A measure with its cells of a year: one side of a comparison."""

    measure: Measure
    snapshot: Snapshot

    @property
    def year(self) -> int:
        """The year of the cells."""
        return self.snapshot.year
