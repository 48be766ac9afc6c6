"""What holds in every place, whatever its scenario says: sums that are kept, and numbers that stay in their bounds."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import columns
from simulation.model.agents.model import TrustModel
from simulation.model.run import run_ensemble
from simulation.model.system import build_system
from simulation.results.ensemble import DETAIL
from tests.examples import slow_examples
from tests.parity.engines import moving_place
from tests.places import scenario

pytestmark = pytest.mark.property

BOOKS = 1e-9
"""£m: for sums over all organisations and opportunities, of amounts up to a few hundred."""

places = st.builds(
    moving_place,
    st.randoms(use_true_random=False),
    organisations=st.integers(2, 10),
    months=st.tuples(st.just(2), st.integers(2, 20)),
)
any_place = settings(slow_examples(50), deadline=None, suppress_health_check=list(HealthCheck))


def ensemble_of(plain):
    return run_ensemble(scenario(plain), replicates=3, seed=11, engine="compiled", detail=DETAIL)


def column(ensemble, table, name):
    return getattr(ensemble, table)[..., columns.index_of(getattr(columns, table.upper()), name)]


@any_place
@given(places)
def test_shares_add_up_to_one_and_transfers_to_nothing(plain):
    system = build_system(scenario(plain))
    share, ends = system.schedule.shares.share, system.first_membership.tolist()
    for k, (first, until) in enumerate(pairwise(ends)):
        np.testing.assert_allclose(share[:, first:until].sum(axis=1), 1, atol=1e-11)
        if k in system.axes.programmes:
            entry = system.axes.programme(k)
            moved = (share[:, first:until] - np.array(list(entry.cost_shares().values()))) * entry.paper_value
            np.testing.assert_allclose(moved.sum(axis=1), 0, atol=1e-11)
        else:
            assert ((share[:, first:until] >= 0) & (share[:, first:until] <= 1)).all()


@any_place
@given(places)
def test_the_position_is_what_is_left_of_the_gap_and_is_summed_up(plain):
    """Position = −gap/12 + contract yields − set-up − lever costs/12, and is the sum of the organisations' months."""
    ensemble = ensemble_of(plain)
    system = build_system(ensemble.scenario)
    spent = np.zeros(ensemble["gap"].shape)
    for replicate, agreed in enumerate(column(ensemble, "agreements", "agreed")):
        for k in system.axes.programmes:
            if np.isfinite(agreed[k]):
                milestones = int(system.milestones[k])
                first = int(agreed[k]) + 1
                spent[replicate, first : first + milestones] += system.set_up_cost[k] / milestones
    yields = np.nansum(column(ensemble, "opportunities", "contract_yield"), axis=2)
    expected = -ensemble["gap"] / 12 + yields - spent - system.schedule.lever_cost / 12
    np.testing.assert_allclose(ensemble["position"], expected, atol=BOOKS)
    np.testing.assert_allclose(column(ensemble, "organisations", "position").sum(axis=2), expected, atol=BOOKS)
    np.testing.assert_array_equal(ensemble["cumulative_position"], np.cumsum(ensemble["position"], axis=1))


@any_place
@given(places)
def test_what_is_a_share_or_a_chance_stays_between_0_and_1(plain):
    ensemble = ensemble_of(plain)
    within = [ensemble.relationships]
    within += [column(ensemble, "organisations", name) for name in ("orientation", "population_first")]
    within += [column(ensemble, "opportunities", name) for name in ("co_ownership", "population_first", "behind")]
    within += [
        ensemble[name]
        for name in ("trust", "orientation", "co_ownership", "plan_coverage", "behind", "benefit", "population_first")
    ]
    for each in within:
        known = each[~np.isnan(each)]
        assert ((known >= 0) & (known <= 1)).all()
    for name in ("pressure", "shortfall"):
        assert (column(ensemble, "organisations", name) >= 0).all()


@any_place
@given(places)
def test_what_is_realised_is_between_its_extremes(plain):
    """Worth over paper value lies between 1 ∓ spread times the unowned and the owned part."""
    ensemble = ensemble_of(plain)
    assumed = ensemble.scenario.resolve_parameters()
    realised = ensemble["realised"]
    met = ensemble["milestones_value"] > 0
    assert np.isnan(realised[~met]).all()
    low = (1 - assumed.realisation_spread) * assumed.unowned_realisation
    high = (1 + assumed.realisation_spread) * assumed.owned_realisation
    assert (realised[met] >= low - 1e-12).all()
    assert (realised[met] <= high + 1e-12).all()


@any_place
@given(places)
def test_behind_is_the_share_of_programmes_in_delivery_that_are(plain):
    ensemble = ensemble_of(plain)
    behind = column(ensemble, "opportunities", "behind")
    in_delivery = (~np.isnan(behind)).sum(axis=2)
    late = np.nansum(behind, axis=2)
    expected = np.divide(late, in_delivery, out=np.full(late.shape, np.nan), where=in_delivery > 0)
    np.testing.assert_array_equal(ensemble["behind"], expected)


@pytest.mark.parametrize("number", range(25))
def test_cost_shifts_sum_to_zero(number):
    """In every contract and month, and over all organisations: what one side takes, the other bears."""
    model = TrustModel(scenario(moving_place(Random(number), organisations=8, months=(6, 12))), seed=2)
    while model.month < model.system.months:
        model.step()
        for contract in model.contracts:
            one, other = (contract.net_shift(each) for each in contract.members)
            assert one == -other
            assert contract.shifted == one
