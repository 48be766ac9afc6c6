"""A chart is the same whatever fonts a user has."""

import json
import os
import subprocess
import sys

import pytest

from simulation.charts.drawing.typeface import FAMILY
from tests.waiting import PATIENCE

pytestmark = pytest.mark.unit

DRAW = """
import hashlib, sys
from simulation.charts import CHARTS
from simulation.charts.drawing.publish import png_bytes, svg_text
from tests.charts.conftest import results_of
chart = CHARTS["scenario_table"](results_of("scenario_table", "hard names", 2))
print(hashlib.sha256(png_bytes(chart, dpi=60) + svg_text(chart).encode()).hexdigest())
"""


def test_the_same_chart_has_the_same_bytes_whatever_fonts_a_user_has(tmp_path):
    """The list of a user's fonts is empty once, and once it gives other files under the names of ours."""
    (tmp_path / "other").mkdir()
    first = drawn(tmp_path / "first")
    name = next((tmp_path / "first").glob("fontlist-*.json")).name
    kept = json.loads((tmp_path / "first" / name).read_text())
    serif = next(font["fname"] for font in kept["ttflist"] if "DejaVuSerif.ttf" in font["fname"])
    taken = {FAMILY, "Source Sans 3", "Arial", "Liberation Sans", "DejaVu Sans"}
    like = next(font for font in kept["ttflist"] if font["fname"] == serif)
    kept["ttflist"] = [like | {"name": name} for name in taken] + kept["ttflist"]
    (tmp_path / "other" / name).write_text(json.dumps(kept))
    assert first == drawn(tmp_path / "other")


def drawn(folder):
    return run(DRAW, folder)


def run(code, folder):
    folder.mkdir(exist_ok=True)
    settings = os.environ | {"MPLCONFIGDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = (sys.executable, "-W", "error::UserWarning", "-c", code)
    done = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    assert "findfont" not in done.stderr
    return done.stdout
