"""Comments are found only where YAML has them."""

from pathlib import Path

import pytest

from simulation.scenario.comments import has_comments

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("title: a # b\n", True),
        ("# a\ntitle: b\n", True),
        ("title: a\n# b", True),
        ("title: a#b\n", False),
        ("title: 'a # b'\n", False),
        ("title: |\n  a\n  # b\nstart: c\n", False),
        ("# yaml-language-server: $schema=schema.json\ntitle: a\n", False),
    ],
)
def test_comments_are_not_taken_for_text(tmp_path: Path, text: str, found: bool) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    assert has_comments(path) is found
