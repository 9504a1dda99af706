"""What all tests of pages share."""

from __future__ import annotations

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.context import ContextProxy

from pages.parts.access import access_policy
from pages.parts.store import workspace_store


@pytest.fixture(autouse=True, scope="session")
def _scan_packages_once():
    """Look for components in the installed packages once, not again for each page.

    A server does it once when it starts; AppTest starts anew for each page, half a second each.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(autouse=True)
def _keep_nothing(monkeypatch):
    """Pages keep nothing, unless a test asks for ``kept``."""
    monkeypatch.setenv("ATLAS_KEEP", "off")
    workspace_store.cache_clear()
    access_policy.cache_clear()
    yield
    workspace_store.cache_clear()
    access_policy.cache_clear()


@pytest.fixture
def kept(monkeypatch, tmp_path, _keep_nothing):
    """Keep what the pages hold in a file of this test; return the cookies of its browser."""
    monkeypatch.setenv("ATLAS_KEEP", "on")
    monkeypatch.setenv("ATLAS_DATABASE", f"sqlite:///{tmp_path}/atlas.db")
    workspace_store.cache_clear()
    access_policy.cache_clear()
    cookies: dict[str, str] = {}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: cookies))
    return cookies
