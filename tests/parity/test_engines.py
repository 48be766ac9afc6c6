"""Both engines give the same bits however they run. These tests must never be loosened."""

from functools import cache
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.columns import AGREEMENTS, OPPORTUNITIES
from simulation.execution.assumptions import sample_assumptions
from simulation.model.ensemble import chunks
from simulation.model.run import run_designs, run_with_parameters
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from simulation.scenario.loading import load_scenario
from tests.examples import slow_examples
from tests.parity.engines import arrays_of, moving_place, run_by, run_shuffled, run_uncompiled, unlike
from tests.places import SCENARIOS, SHIPPED, place, scenario

pytestmark = pytest.mark.parity

every_scenario = pytest.mark.parametrize("name", SHIPPED)

PARTNERSHIP = "mid-south-essex-partnership.yaml"


@cache
def shipped(name):
    return load_scenario(SCENARIOS / name)


@cache
def by_agents(name):
    return run_by("mesa", shipped(name), replicates=3)


@every_scenario
def test_compiled_is_mesa(name):
    assert unlike(run_by("compiled", shipped(name), replicates=3), by_agents(name)) == []


@every_scenario
def test_compiled_is_mesa_in_shuffled_order(name):
    assert unlike(run_by("compiled", shipped(name), replicates=2), run_shuffled(shipped(name), 2)) == []


@every_scenario
def test_the_number_of_threads_changes_nothing(name):
    one, two, five = (run_by("compiled", shipped(name), replicates=150, threads=threads) for threads in (1, 2, 5))
    assert unlike(one, two) == unlike(one, five) == []


@every_scenario
def test_a_part_of_the_replicates_is_that_part_of_all(name):
    whole = run_by("compiled", shipped(name), replicates=70)
    for first, replicates in ((0, 1), (7, 1), (7, 20), (15, 2), (33, 37)):
        part = run_by("compiled", shipped(name), replicates=replicates, first=first)
        assert unlike(part, whole.select(slice(first, first + replicates))) == []
    assert unlike(whole.select(slice(0, 3)), by_agents(name)) == []


@pytest.mark.parametrize("size", [16, 32, 48, 1024])
def test_how_the_work_is_cut_changes_nothing(size, monkeypatch):
    whole = run_by("compiled", shipped(PARTNERSHIP), replicates=130)
    monkeypatch.setattr(chunks, "CHUNK", size)
    assert unlike(run_by("compiled", shipped(PARTNERSHIP), replicates=130), whole) == []


def test_replicates_differ_and_so_do_seeds():
    """The comparisons above are not of constants."""
    replicates = run_by("compiled", shipped(PARTNERSHIP), replicates=40)
    assert len({row.tobytes() for row in replicates.system}) == 40
    assert "system" in unlike(replicates, run_by("compiled", shipped(PARTNERSHIP), replicates=40, seed=4))


places = st.builds(
    moving_place,
    st.randoms(use_true_random=False),
    organisations=st.integers(2, 12),
    months=st.tuples(st.just(1), st.integers(1, 12)),
)


@settings(slow_examples(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(places, st.integers(0, 2**64 - 1), st.integers(0, 40))
def test_both_engines_agree_on_any_place(plain, seed, first):
    subject = scenario(plain)
    asked = {"replicates": 3, "seed": seed, "first": first}
    assert unlike(run_by("compiled", subject, **asked), run_by("mesa", subject, **asked)) == []


@cache
def made_up(number):
    """A made-up place that is long enough for much of it to be delivered."""
    return scenario(moving_place(Random(number), organisations=2 + number % 11, months=(6, 18)))


@pytest.mark.parametrize("number", range(120))
def test_both_engines_agree_on_made_up_places_in_any_order(number):
    compiled = run_by("compiled", made_up(number), replicates=2)
    assert unlike(compiled, run_by("mesa", made_up(number), replicates=2)) == []
    assert unlike(compiled, run_shuffled(made_up(number), 2)) == []


def test_the_places_that_are_made_up_use_all_that_the_model_has():
    """Income moves, programmes are agreed by consent and by order, delivered and late, and costs are shifted."""
    systems = [build_system(made_up(number)) for number in range(120)]
    assert sum(bool(system.transfers) for system in systems) > 40
    runs = [run_by("compiled", made_up(number), replicates=2) for number in range(120)]
    agreed = np.concatenate([each.agreements for each in runs], axis=1).reshape(-1, len(AGREEMENTS))
    assert {0.0, 1.0} <= set(agreed[:, AGREEMENTS.by_order])
    assert {0.0, 1.0, 2.0} <= set(agreed[:, AGREEMENTS.outcome])
    opportunities = np.concatenate([each.opportunities.reshape(-1, len(OPPORTUNITIES)) for each in runs])
    assert {0.0, 1.0} <= set(opportunities[:, OPPORTUNITIES.behind])
    assert np.nanmax(np.abs(opportunities[:, OPPORTUNITIES.cost_shifted])) > 0
    assert np.nanmax(opportunities[:, OPPORTUNITIES.milestones_met]) == 5


@pytest.mark.parametrize("number", range(12))
def test_threads_and_cuts_change_nothing_on_made_up_places(number, monkeypatch):
    whole = run_by("compiled", made_up(number), replicates=70, threads=1)
    assert unlike(run_by("compiled", made_up(number), replicates=70, threads=3), whole) == []
    monkeypatch.setattr(chunks, "CHUNK", 16)
    assert unlike(run_by("compiled", made_up(number), replicates=70), whole) == []
    part = run_by("compiled", made_up(number), replicates=9, first=29)
    assert unlike(part, whole.select(slice(29, 38))) == []


@pytest.mark.parametrize("number", range(6))
def test_the_kernel_is_the_same_uncompiled_on_any_place(number):
    subject = scenario(moving_place(Random(number), organisations=6, months=(4, 9)))
    compiled = run_by("compiled", subject, replicates=18)
    assert unlike(compiled, run_uncompiled(subject, replicates=18)) == []
    assert unlike(compiled.select(slice(0, 4)), run_by("mesa", subject, replicates=4)) == []


@pytest.mark.parametrize("detail", [(), ("relationships",), ("organisations", "opportunities")])
def test_what_is_kept_changes_nothing_else(detail):
    whole = run_by("compiled", shipped(PARTNERSHIP), replicates=5)
    months = (0, 7, 39) if detail else None
    some = arrays_of(run_by("compiled", shipped(PARTNERSHIP), replicates=5, detail=detail, detail_months=months))
    assert set(some) == {"replicates", "system", "outturns", "agreements", "memberships", *detail}
    for name, table in some.items():
        expected = getattr(whole, name)[:, list(months)] if name in DETAIL else getattr(whole, name)
        np.testing.assert_array_equal(table, expected, err_msg=name)


def test_one_replicate_to_a_set_of_parameters_is_the_same_by_both():
    rows = sample_assumptions(37, seed=5)
    compiled, mesa = (
        run_with_parameters(shipped(PARTNERSHIP), rows, seed=5, engine=engine) for engine in ("compiled", "mesa")
    )
    assert unlike(compiled, mesa) == []


@pytest.mark.parametrize("number", range(20))
def test_made_up_places_under_sampled_parameters_are_the_same_by_both(number):
    rows = sample_assumptions(21, seed=number)
    compiled, mesa = (
        run_with_parameters(made_up(number), rows, seed=number, engine=engine) for engine in ("compiled", "mesa")
    )
    assert unlike(compiled, mesa) == []


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_designs_of_parameters_are_the_runs_of_scenarios_that_say_so(engine):
    rows = sample_assumptions(5, seed=8)
    subject = scenario(place())
    designs = list(run_designs(rows, replicates=3, seed=8, first=2, place=subject, engine=engine))
    assert len(designs) == 5
    for row, design in zip(rows, designs, strict=True):
        assert design.replicates.tolist() == [2, 3, 4]
        for replicate in range(3):
            padded = [row] * (3 + replicate)
            alone = run_with_parameters(subject, padded, seed=8, engine="mesa")
            assert (
                unlike(
                    design.select(slice(replicate, replicate + 1)), alone.select(slice(2 + replicate, 3 + replicate))
                )
                == []
            )


@pytest.mark.parametrize("engine", ["compiled", "mesa"])
def test_designs_of_scenarios_are_their_runs(engine):
    names = ["mid-south-essex.yaml", "two-trusts.yaml", PARTNERSHIP, "mid-south-essex-instruction.yaml"]
    designs = run_designs((shipped(name) for name in names), replicates=2, seed=3, engine=engine)
    for name, design in zip(names, designs, strict=True):
        assert design.scenario is shipped(name)
        assert unlike(design, run_by("mesa", shipped(name), replicates=2, detail=())) == []
