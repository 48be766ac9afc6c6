"""Any experiment file gives an experiment or a list of problems, and never another error."""

import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulation.experiment.entries import ExperimentEntry
from simulation.experiment.loading import find_experiment_problems, load_experiment
from simulation.scenario.problems import ScenarioError
from tests.examples import slow_examples
from tests.scenario.strategies import garbage

pytestmark = pytest.mark.property

TWO_TRUSTS = Path(__file__).parents[2] / "scenarios/two-trusts.yaml"
VALID = f"""title: A
question: Why?
scenario: {TWO_TRUSTS}
seed: 3
compare: {{a: null, b: {{levers: {{coaching: {{strength: 0.5}}}}}}}}
vary:
  parameters.loss_ratio: [0.5, 1]
  organisations.*.orientation: {{from: 0.1, to: 0.3}}
  parameters.exposure: {{distribution: normal, mean: 0.3, sd: 0.1, low: 0.1, high: 0.8}}
design: {{kind: sobol, points: 8}}
detail: [outturns]
"""


def check(content: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        problems = find_experiment_problems(path)
        if not problems:
            load_experiment(path)
            return
        with pytest.raises(ScenarioError) as caught:
            load_experiment(path)
        assert list(caught.value.problems) == problems
        assert len(str(caught.value).splitlines()) == len(problems)


@slow_examples()
@given(st.dictionaries(st.sampled_from(sorted(ExperimentEntry.model_fields)), garbage()))
def test_any_data_in_the_right_places(data):
    whole = yaml.safe_load(VALID) | data
    check(yaml.safe_dump(whole, allow_unicode=True))


@slow_examples()
@given(st.dictionaries(st.text(alphabet="abl.*[]01evrs_", max_size=12), garbage(), max_size=4))
def test_any_addresses_and_values(data):
    check(yaml.safe_dump(yaml.safe_load(VALID) | {"vary": data}, allow_unicode=True))


@slow_examples()
@given(st.data())
def test_any_slip_in_a_valid_file(data):
    begin = data.draw(st.integers(0, len(VALID)))
    end = data.draw(st.integers(begin, min(len(VALID), begin + 20)))
    check(VALID[:begin] + data.draw(st.text(alphabet="a:{}[]-#,\n 01.*", max_size=6)) + VALID[end:])


@pytest.mark.parametrize("values", ["[]", "[1]", "{from: 1, to: }", "{distribution: uniform, low: 1}"])
def test_an_address_that_no_encoding_can_write_is_told_like_any_other(values, tmp_path):
    path = tmp_path / "e.yaml"
    path.write_text(f'title: A\nscenario: {TWO_TRUSTS}\nvary: {{"\\\\uDCFF": {values}}}\n')
    with pytest.raises(ScenarioError) as error:
        load_experiment(path)
    assert {problem.location.line for problem in error.value.problems} == {3}
