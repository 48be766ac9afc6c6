"""Every limit of an experiment is refused with its place, and before anything is built."""

from pathlib import Path

import pytest

from simulation.experiment.loading import find_experiment_problems, load_experiment
from simulation.limits import MOST_DESIGNS, MOST_STEPS

pytestmark = pytest.mark.unit

PLACE = Path(__file__).parents[2] / "scenarios/two-trusts.yaml"
HUGE = "1" + "0" * 400
MANY = "design: makes more than 1,000,000 designs; vary less, compare less, or draw fewer points"


def problems_in(folder: Path, text: str) -> list[str]:
    path = folder / "a.yaml"
    path.write_text(f"title: x\nscenario: {PLACE}\n{text}")
    return [str(each).removeprefix(f"{folder}/a.yaml:") for each in find_experiment_problems(path)]


def grid(count: int) -> str:
    return "".join(f"  organisations.hospital.skills.s{number}: [0, 1]\n" for number in range(count))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            f"vary: {{population: {{from: 1, to: {HUGE}}}}}\ndesign: {{kind: random, points: 2}}\n",
            "3:34: vary.population.to: is a whole number of more than 25 digits, which nothing here can be",
        ),
        (
            f"vary: {{population: {{from: 1, to: 0{HUGE}}}}}\ndesign: {{kind: random, points: 2}}\n",
            "3:34: vary.population.to: YAML reads a leading 0 as octal; write it without them, or put it in quotes",
        ),
        (f"vary: {{population: [1, {'9' * 20}]}}\n", "3:24: vary.population[1]: must be at most 1,000,000,000,000"),
        ("vary: {target: [1, 1.0e+308]}\n", "3:20: vary.target[1]: must be at most 1,000,000,000,000 (given: 1e+308)"),
        ("vary: {target: [1, 1000001]}\n", "3:20: vary.target[1]: must be at most £1,000,000m a year; write 1"),
        ("vary: {target: [1, 5.0e-324]}\n", "3:20: vary.target[1]: is closer to 0 than 1e-300; write 0"),
        (
            "vary: {target: {distribution: uniform, low: -1.0e+300, high: 1}}\ndesign: {kind: random, points: 2}\n",
            "3:45: vary.target.low: must be at least -1,000,000,000,000 (given: -1e+300)",
        ),
        (
            "vary: {levers.coaching.from: {from: 2024-05, to: 2299-01, steps: 3}}\n",
            "3:50: vary.levers.coaching.from.to: must be within 1900 to 2199",
        ),
        (
            "vary: {population: {from: 1, to: 1000000, steps: 1000000}}\n",
            "3:50: vary.population.steps: must be at most 10,000 (given: 1000000)",
        ),
        ("replicates: 1000001\n", "3:13: replicates: must be at most 1,000,000 (given: 1000001)"),
        (f"vary:\n{grid(20)}design: grid\n", f"24:9: {MANY}"),
        (f"vary:\n{grid(5_000)}design: grid\n", f"5004:9: {MANY}"),
        (f"vary:\n{grid(20)}", "4:3: vary: makes more than 1,000,000 designs"),
        (
            "vary: {target: {from: 1, to: 2}}\ndesign: {kind: sobol, points: 400000}\n",
            f"4:9: {MANY}",
        ),
        (
            "vary: {target: {from: 1, to: 2}}\ndesign: {kind: random, points: 600000}\ncompare: {a: {}, b: {}}\n",
            f"4:9: {MANY}",
        ),
    ],
)
def test_what_is_beyond_a_limit_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    found = problems_in(tmp_path, text)
    assert any(each.startswith(said) for each in found), found


def test_a_list_has_as_many_values_as_a_range_has_steps(tmp_path: Path) -> None:
    values = ", ".join(map(str, range(1, MOST_STEPS + 2)))
    (said,) = problems_in(tmp_path, f"vary: {{population: [{values}]}}\n")
    assert said.startswith("3:20: vary.population: must have at most 10,000 values (given: 10,001)")


def test_a_grid_may_have_as_many_designs_as_the_limit(tmp_path: Path) -> None:
    hundreds = "".join(f"  {name}: {{from: 1, to: 100, steps: 100}}\n" for name in ("population", "do_nothing.2024-04"))
    text = f"vary:\n{hundreds}  target: {{from: 0, to: 1, steps: {MOST_DESIGNS // 100**2}}}\n"
    assert problems_in(tmp_path, text) == []
    assert "makes more than" in problems_in(tmp_path, text.replace("steps: 100}", "steps: 101}", 1))[0]


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        (list(range(1, 5_001)), []),
        ([*range(-3, 5_000)], ["[0]", "[1]", "[2]", "[3]"]),
        ([*range(1, 3_000), 2.5, *range(3_000, 6_000)], ["[2999]"]),
        ([10**12 + 5, *range(1, 3_000)], ["[0]"]),
    ],
)
def test_of_very_many_values_the_wrong_ones_are_found(tmp_path: Path, values: list[float], wrong: list[str]) -> None:
    found = problems_in(tmp_path, f"vary: {{population: [{', '.join(map(str, values))}]}}\n")
    assert [each.split(": ")[1].removeprefix("vary.population") for each in found] == wrong


def test_a_range_of_ten_thousand_steps_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"title: x\nscenario: {PLACE}\nvary: {{target: {{from: 0, to: 1, steps: {MOST_STEPS}}}}}\n")
    (factor,) = load_experiment(path).factors
    assert len(factor.values.values) == MOST_STEPS  # type: ignore[union-attr]
