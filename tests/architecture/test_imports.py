"""Rules of imports beyond the import contracts, and the cost of an import."""

import subprocess
import sys

import pytest

import simulation
from tests.architecture.sources import MODULES, imports_of, modules_in, name_of, packages_of
from tests.waiting import PATIENCE

pytestmark = pytest.mark.architecture

RULES = modules_in("model/rules")
DRAWS = modules_in("model/draws.py")

HOMES: dict[str, list[str]] = {
    "mesa": ["model/agents", "mesa_page.py"],
    "numba": ["model/ensemble"],
    "llvmlite": ["model/portable"],
    "matplotlib": ["charts", "backends.py"],
    "afcharts": ["charts"],
    "networkx": ["charts", "results/trust.py", "results/ensemble.py"],
    "yaml": ["scenario"],
    "typer": ["cli"],
    "rich": ["cli"],
}

SLOW = {
    "mesa",
    "pandas",
    "numpy",
    "matplotlib",
    "yaml",
    "pydantic",
    "scipy",
    "networkx",
    "numba",
    "pyarrow",
    "typer",
    "rich",
    "openpyxl",
}


def test_the_sources_are_found():
    assert len(MODULES) > 40
    assert len(RULES) >= 8
    assert len(DRAWS) == 1


@pytest.mark.parametrize("path", RULES, ids=name_of)
def test_rules_import_nothing_but_math_and_rules(path):
    assert {
        name
        for name in imports_of(path)
        if name not in {"math", "simulation.model._rule"} and not name.startswith("simulation.model.rules.")
    } == set()


def test_draws_import_nothing_but_the_mark():
    assert set(imports_of(DRAWS[0])) <= {"math", "typing", "simulation.model._rule"}


@pytest.mark.parametrize(("package", "homes"), HOMES.items())
def test_a_library_lives_in_one_room(package, homes):
    """Outside the charts, matplotlib and networkx are named for the type of a result, and make the graph of trust."""
    users = [path for path in MODULES if package in packages_of(path)]
    rooms = [module for home in homes for module in modules_in(home)]
    assert [name_of(path) for path in users if path not in rooms] == []


def test_openpyxl_lives_in_the_workbook_and_the_report():
    users = [path for path in MODULES if "openpyxl" in packages_of(path)]
    assert users
    assert [name_of(path) for path in users if path not in modules_in("scenario/workbook") + modules_in("report")] == []


def test_mesa_is_in_the_agents():
    assert "model/agents/model.py" in [name_of(path) for path in MODULES if "mesa" in packages_of(path)]


def test_the_vocabulary_imports_no_module_of_the_package():
    (vocabulary,) = modules_in("vocabulary.py")
    assert packages_of(vocabulary) == {"enum"}


def loaded_by(statement):
    """The slow packages that a statement loads in a fresh interpreter."""
    program = f"{statement}\nimport sys\nprint(' '.join(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    return SLOW & {name.split(".")[0] for name in answer.stdout.splitlines()[-1].split()}


def test_importing_the_package_costs_nothing():
    assert loaded_by("import simulation") == set()


def test_reading_a_scenario_loads_no_engine():
    assert loaded_by("from simulation import load_scenario, Scenario, ScenarioError") <= {
        "pydantic",
        "yaml",
        "numpy",
        "rich",
    }


def test_the_command_line_starts_without_what_it_may_not_need():
    assert (
        loaded_by("import simulation.cli.main") & {"mesa", "pandas", "matplotlib", "scipy", "networkx", "pyarrow"}
        == set()
    )


def test_a_run_and_a_survey_as_text_load_no_workbook():
    statement = "import simulation.execution.run, simulation.analysis, simulation.survey.results"
    assert "openpyxl" not in loaded_by(statement)


def test_an_import_draws_no_number_and_changes_no_seed():
    statement = """
import random
before = random.getstate()
import simulation.model.run, simulation.model.agents.model
import simulation.results.frames, simulation.execution.supporting_runs
assert random.getstate() == before
"""
    loaded_by(statement)


def test_public_names_can_be_imported():
    assert sorted(simulation.__all__) == dir(simulation)
    for name in simulation.__all__:
        assert getattr(simulation, name) is not None
    with pytest.raises(AttributeError, match=r"^module 'simulation' has no attribute 'trust'$"):
        simulation.trust  # noqa: B018
