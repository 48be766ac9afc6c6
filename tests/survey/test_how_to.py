"""The how-to page says what the form and the command do."""

import re
from pathlib import Path

import pytest

from simulation.scenario.loading import load_scenario
from simulation.survey.form import CODE_QUESTION, OF_QUESTION, OPTIONS, STATEMENTS, TO_QUESTION
from simulation.survey.suppression import FEWEST
from tests.survey.made_up import PLACE

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "survey.md").read_text(encoding="utf-8")


def test_the_page_has_the_wording_of_the_form() -> None:
    for words in (OF_QUESTION, TO_QUESTION, CODE_QUESTION, *(each.wording for each in STATEMENTS)):
        assert words in PAGE
    assert " · ".join(f"{number} {option.lower()}" for number, option in enumerate(OPTIONS, start=1)) in PAGE
    assert [each.id for each in STATEMENTS if each.is_reversed] == re.findall(
        r"`(q\d)`", PAGE.split("Two statements")[1]
    )[:2]
    assert FEWEST == 3


def test_observed_trust_on_the_page_can_be_loaded(tmp_path: Path) -> None:
    (written,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "place.yaml").write_text(PLACE + written, encoding="utf-8")
    observed = load_scenario(tmp_path / "place.yaml").observed
    assert observed is not None
    assert len(observed.trust) == 2
