"""What all tests of pages share."""

from __future__ import annotations

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(autouse=True, scope="session")
def _scan_packages_once():
    """Look for components in the installed packages once, not again for each page.

    A server does it once when it starts; AppTest starts anew for each page, half a second each.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
