"""networkx: the graph of trust, and its measures."""

import numpy as np
import pytest

from simulation import load_scenario, run_ensemble
from tests.ecosystem.tools import ROOT, tool

nx = tool("networkx")

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def runs():
    place = load_scenario(ROOT / "scenarios/mid-south-essex.yaml")
    return run_ensemble(place, replicates=3, seed=1, detail=("relationships",))


def test_edges_carry_mean_trust(runs):
    graph = runs.trust_graph(-1)
    assert set(graph) == set(runs.axes.organisations)
    trust = [weight for _, _, weight in graph.edges(data="trust")]
    assert np.mean(trust) == pytest.approx(runs["trust"][:, -1].mean())
    one, other = runs.axes.relationships[0]
    assert graph[one][other]["trust"] == pytest.approx(runs.relationships[:, -1, 0].mean())


def test_centrality_finds_those_that_are_trusted_most(runs):
    graph = runs.trust_graph(-1)
    strength = dict(graph.in_degree(weight="trust"))
    ends = [trusted for _, trusted in runs.axes.relationships]
    by_hand = {
        each: sum(runs.relationships[:, -1, k].mean() for k, end in enumerate(ends) if end == each) for each in graph
    }
    assert strength == pytest.approx(by_hand)
    ranks = nx.pagerank(graph, weight="trust")
    assert sum(ranks.values()) == pytest.approx(1)
    assert max(ranks, key=ranks.get) in sorted(strength, key=strength.get)[-3:]


def test_high_trust_falls_apart_into_components(runs):
    graph = runs.trust_graph(-1)
    kept = [(i, j) for i, j, trust in graph.edges(data="trust") if trust >= 0.5]
    groups = list(nx.weakly_connected_components(graph.edge_subgraph(kept)))
    assert {each for group in groups for each in group} == {each for edge in kept for each in edge}
