"""Any file gives a scenario or a list of problems, and never another error."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.loading import find_problems, load_scenario
from simulation.scenario.problems import ScenarioError
from simulation.scenario.readable import find_sizes_beside_mistakes
from tests.examples import slow_examples
from tests.scenario.scenario_files import VALID
from tests.scenario.strategies import garbage, scenarios, words

pytestmark = pytest.mark.property


def check(content: str | bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        Path(folder, "meht").write_text(VALID)
        problems = find_problems(path)
        if not problems:
            load_scenario(path)
            return
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path)
        assert list(caught.value.problems) == problems
        find_sizes_beside_mistakes(path)
        lines = str(caught.value).splitlines()
        assert len(lines) == len(problems)
        assert all(line.startswith(folder) for line in lines)


@given(st.binary(max_size=60))
def test_any_bytes(content: bytes) -> None:
    check(content)


@given(st.text(alphabet=":-[]{}#&*!|>'\"%@`?, \n\tab01<=~.e_no", max_size=60))
def test_any_yaml_like_text(content: str) -> None:
    check(content)


@given(garbage())
def test_any_data(data: object) -> None:
    check(yaml.safe_dump(data, allow_unicode=True))


@given(st.dictionaries(st.sampled_from(["extends", *yaml.safe_load(VALID.replace("2016-04", "x"))]), garbage()))
def test_any_data_in_the_right_places(data: dict[str, object]) -> None:
    text = "\n".join(line for line in VALID.splitlines() if line.split(":")[0] not in data and not line.startswith(" "))
    check(f"{text}\n{yaml.safe_dump(data, allow_unicode=True)}")


@given(st.data())
def test_any_slip_in_a_valid_file(data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(VALID)))
    end = data.draw(st.integers(begin, min(len(VALID), begin + 20)))
    typed = data.draw(st.text(alphabet=":-[]{}#&*!|>'\" \n\tab01no,.~", max_size=8))
    check(VALID[:begin] + typed + VALID[end:])


def paths_in(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path in data, as keys and indices."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, part in parts:
        yield (*path, key)
        yield from paths_in(part, (*path, key))


@slow_examples()
@given(scenarios(), st.data())
def test_any_part_of_a_valid_scenario_replaced(scenario: dict[str, Any], data: st.DataObject) -> None:
    *above, last = data.draw(st.sampled_from(list(paths_in(scenario))))
    part: Any = scenario
    for key in above:
        part = part[key]
    ids = st.sampled_from([*scenario["organisations"], *scenario["contracts"], *scenario["programmes"]])
    part[last] = data.draw(garbage() | words() | ids)
    check(yaml.safe_dump(scenario, allow_unicode=True))
