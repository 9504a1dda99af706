"""Settings of hypothesis for all tests."""

from __future__ import annotations

from hypothesis import settings

# An example may take long on a busy machine; what holds a clock to a bound is marked `timed`.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")
