"""The browser for tests of pages; where none is installed they are skipped."""

import shutil

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no browser is installed: apt install chromium")
