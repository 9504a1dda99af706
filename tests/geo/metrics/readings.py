"""Read samples of the metrics, to compare them before and after."""

from __future__ import annotations

from geo.metrics import REGISTRY


def sample(name: str, **labels: str) -> float:
    """The value of a sample; 0 while there is none."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def label_values() -> set[str]:
    """All values of labels, but for bounds of histograms and versions."""
    return {
        value
        for metric in REGISTRY.collect()
        for entry in metric.samples
        if metric.name != "atlas_build"
        for label, value in entry.labels.items()
        if label != "le"
    }
