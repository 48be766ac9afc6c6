"""The browsers for tests of pages; where one is not installed its tests are skipped."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FIREFOX = shutil.which("firefox-esr")

_FOR_FIREFOX = {
    "firefox-esr was not found: apt install firefox-esr": FIREFOX,
    "node was not found: apt install nodejs": shutil.which("node"),
    "puppeteer-core was not found: make setup installs it": (ROOT / "node_modules/puppeteer-core").is_dir(),
}
_MISSING_FOR_FIREFOX = "; ".join(reason for reason, found in _FOR_FIREFOX.items() if not found)

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser is installed: apt install chromium")
needs_firefox = pytest.mark.skipif(bool(_MISSING_FOR_FIREFOX), reason=_MISSING_FOR_FIREFOX or "all is there")
