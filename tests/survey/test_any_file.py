"""Whatever a file of answers holds, it is read or gets located messages; there is never a traceback."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.survey.results import survey_trust
from simulation.survey.writing import survey_to_yaml
from tests.examples import slow_examples
from tests.survey.made_up import PLACE, about_text, forms_text, long_text

pytestmark = pytest.mark.property

FILES = [long_text(), about_text(), forms_text(dates="13/05/2026")]
PIECES = [
    "",
    ",",
    '"',
    "\n",
    ";",
    "\t",
    "\0",
    "é",
    "9",
    "5,5",
    "2026-13-01",
    "1/2/3",
    "nobody",
    "@",
    "–",
    ": q1",
    "\ufeff",
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file of answers with some of its text replaced."""
    text = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 4))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 9))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + length :]
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"])), "replace")


@given(mutated() | st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx"]))
@slow_examples(300)
def test_any_file_is_read_or_reported(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place, path, out = Path(folder) / "place.yaml", Path(folder) / name, Path(folder) / "out.yaml"
        place.write_text(PLACE, encoding="utf-8")
        path.write_bytes(content)
        survey, problems = None, ()
        try:
            survey = survey_trust(path, load_scenario(place))
        except ScenarioError as error:
            problems = error.problems
        assert all(str(problem.location).startswith(str(path)) for problem in problems)
        assert (survey is None) == bool(problems)
        if survey is not None and survey.opening is not None:
            out.write_text(survey_to_yaml(survey, str(place), str(out)), encoding="utf-8")
            load_scenario(out)
