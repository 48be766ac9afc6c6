"""What is saved on the page gives Python the page's numbers: by chance, and in the page's own cases."""

import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from simulation.analysis.verdict import find_verdict
from simulation.analysis.verdict_words import pair_headline
from simulation.execution.study import run_in_memory
from simulation.execution.supporting_runs import default_supporting_experiments, supporting_experiments
from simulation.experiment.loading import load_experiment
from simulation.experiment.schema import Experiment, Variant
from simulation.model.portable.packed import pack_system
from simulation.model.system import build_system
from simulation.page.place_data import place_data
from simulation.results.comparison import Comparison
from simulation.scenario.loading import load_scenario
from tests.page.node import HERE, call, call_with_engine, needs_node
from tests.places import SCENARIOS

pytestmark = [pytest.mark.parity, needs_node]

GUIDE = (SCENARIOS.parent / "docs/how-to/workshop.md").read_text(encoding="utf-8")
LABELS = ("what is set here", "the place as it stands")
REPLICATES, POINTS = 40, 64
OWN = {"opening_trust": 0.55, "trust_rule": "confirmatory"}
"""Parameters of a file of its own."""

CASES = {
    "levers": ({}, "coaching:0.5;ramp=4,gain_share:1"),
    "assumptions": ({}, "loss_ratio:3,opening_trust:0.3,trust_rule:1,delivery_floor:0.1"),
    "both": ({}, "coaching:0.5,loss_ratio:2.5"),
    "a lever that acts on none": ({}, "coaching:1;cost=2;only=,gain_share:1"),
    "assumptions that cross": ({}, "menu_framing:1,owned_realisation:0.35"),
    "assumptions that cross upwards": ({}, "unowned_realisation:0.9"),
    "a file's own": (OWN, "coaching:0.5"),
    "a file's own and others": (OWN, "coaching:0.5,opening_trust:0.2,loss_ratio:1"),
}


@pytest.fixture(params=CASES)
def moved(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[dict[str, Any]]]:
    """A folder with the place, the scenario saved on its page and an experiment, and the results of the page."""
    own, address = CASES[request.param]
    file = tmp_path / "mid-south-essex.yaml"
    written = yaml.safe_load((SCENARIOS / "two-trusts.yaml").read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(written | ({"parameters": own} if own else {}), sort_keys=False), encoding="utf-8")
    subject = load_scenario(file)
    place = place_data(subject, file, date="2026-11-28", replicates=REPLICATES)
    place["points"]["number"] = POINTS
    read, nothing = call("settings_text.js", [("settingsFromText", place, text) for text in (address, "")])
    assert read["problems"] == []
    (text,) = call("scenario_text.js", [("scenarioText", place, read["settings"])])
    (tmp_path / "mid-south-essex-changed.yaml").write_text(text, encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(title: As set on the page\n.*?)```", GUIDE, re.DOTALL)
    smaller = block.replace("256", str(REPLICATES)).replace("1024", str(POINTS))
    (tmp_path / "as-set.yaml").write_text(smaller, encoding="utf-8")
    packed = pack_system(build_system(subject))
    given = (place, packed.description, b64encode(packed.block).decode())
    settings = [each["settings"] for each in (nothing, read)]
    found = call_with_engine("simulate_given.mjs", [("given", *given, each, [POINTS]) for each in settings])
    return tmp_path, [each["found"][0]["last"] for each in found]


def test_the_experiment_of_the_guide_has_the_cases_of_the_page(moved):
    folder, pages = moved
    experiment = load_experiment(folder / "as-set.yaml")
    results = run_in_memory(experiment, supporting_experiments(experiment))
    for name, page in zip(reversed(LABELS), pages, strict=True):
        assumptions = results.studies[name].assumptions
        assert assumptions is not None
        np.testing.assert_array_equal(page["chance"], results[name]["gap"][:, -1])
        np.testing.assert_array_equal(page["varied"], assumptions["gap"][:, -1])
        np.testing.assert_array_equal(page["position"]["varied"], assumptions["cumulative_position"][:, -1])
    as_it_stands, set_here = pages
    words = (
        "given",
        *LABELS,
        *({"first": set_here[kind], "second": as_it_stands[kind]} for kind in ("varied", "chance")),
    )
    (said,) = call(HERE / "words_given.mjs", [words])
    assert said["headline"] == headline_of(results)


def headline_of(results: Comparison) -> str:
    found = find_verdict(results)
    assert found is not None
    return pair_headline(found.between(*LABELS))


def test_a_run_of_the_saved_scenario_has_the_page_s_numbers_by_chance_and_holds_what_the_page_holds(moved):
    """Its sets of assumptions are others, so the bands that allow for them are like the page's, not the same."""
    folder, (_, page) = moved
    subject = load_scenario(folder / "mid-south-essex-changed.yaml")
    experiment = Experiment(
        name="run",
        title=subject.title,
        seed=1,
        replicates=REPLICATES,
        variants=(Variant(name="saved", scenario=subject),),
        detail=(),
    )
    supporting = [each for each in default_supporting_experiments(experiment) if each.supporting == "assumptions"]
    study = run_in_memory(experiment, supporting).studies["saved"]
    np.testing.assert_array_equal(page["chance"], study.ensemble["gap"][:, -1])
    np.testing.assert_array_equal(page["position"]["chance"], study.ensemble["cumulative_position"][:, -1])
    assert study.assumptions is not None
    held = {name for name, drawn in study.assumptions.parameters.items() if np.ptp(drawn) == 0}
    assert held == {
        name for name in subject.parameters.model_fields_set if getattr(subject.parameters, name) is not None
    }
    own, drawn = (np.sort(each) for each in (page["varied"], study.assumptions["gap"][:, -1]))
    assert not np.array_equal(own, drawn)
