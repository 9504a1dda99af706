"""Find a Chromium for the browser tests, or get one.

In this order: $CHROMIUM, one on the PATH, Playwright's own (downloaded when it can be), the
system's package when this user may install one. Run as a script it prints the path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
# Without these a headless Chromium asks its maker's hosts for updates at every start; the last
# one makes every other host one that does not exist.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]


def present() -> Path | None:
    """A Chromium that is there already."""
    given = os.environ.get("CHROMIUM")
    on_path = (shutil.which(name) for name in ((given,) if given else NAMES))
    result = next((Path(path) for path in on_path if path), None)
    return result or next((place for place in PLACES if place.exists()), None) or _playwright()


def _playwright() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def find() -> Path:
    """A Chromium, installed if need be; ends the run with one sentence when none can be had."""
    path = present()
    if path is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
        path = _playwright()
    if path is None and _may_install():
        _apt("chromium")
        path = present()
    if path is None:
        sys.exit("No Chromium was found: install one, or set CHROMIUM to the path of yours.")
    return path


def fonts() -> None:
    """Chinese letters for the pictures; without them a page still works, but shows boxes."""
    if shutil.which("fc-list") is None:
        return
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    if listed.stdout.strip():
        return
    if _may_install():
        _apt("fonts-noto-cjk")
    else:
        print("No Chinese font is installed: pictures of Chinese pages will show boxes.")


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _apt(package: str) -> None:
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, env=quiet)


if __name__ == "__main__":
    print(f"Chromium: {find()}")
    fonts()
