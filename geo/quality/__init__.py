"""What looks wrong in the published values, how it was found, and what marking it does."""

from __future__ import annotations

from geo.quality.outliers import find_outliers

__all__ = ["find_outliers"]
