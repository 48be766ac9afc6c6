"""Every word of the vocabulary is used, numbers that draws depend on are pinned, and the tables are complete."""

import ast

import pytest

from simulation.levers import Lever
from simulation.parameters import TABLE, Parameters, default_parameters, trust_rule_code
from simulation.scenario import entries
from simulation.vocabulary import (
    EventKind,
    EvidenceStatus,
    OpportunityKind,
    OutcomeClass,
    Payment,
    Purpose,
    Role,
    Stance,
    TrustRule,
)
from tests.architecture.sources import modules_in, names_used, tree_of

pytestmark = pytest.mark.architecture

PURPOSES = {
    "LEADER_CHANGE": 0,
    "STANCE": 1,
    "INSTRUCTION": 2,
    "REALISATION": 3,
    "MILESTONE": 4,
    "ASSUMPTION_POINT": 6,
}
"""Append only: a number that was given once names that draw for ever. A new purpose is added here too."""

RETIRED = {5}
"""Numbers that named draws once, and name nothing now."""


def used(enumeration, *folders):
    return {name for path in modules_in(*folders) for name in names_used(path, enumeration)}


def test_purposes_are_pinned():
    assert {purpose.name: purpose.value for purpose in Purpose} == PURPOSES
    assert sorted({*PURPOSES.values(), *RETIRED}) == list(range(len(PURPOSES) + len(RETIRED)))


def test_purposes_fit_into_a_counter_with_the_month():
    assert max(Purpose) < 2**16


def test_every_purpose_has_a_draw():
    assert used("Purpose", "model", "execution") == set(PURPOSES)


@pytest.mark.parametrize("lever", Lever)
def test_every_lever_acts_in_both_engines(lever):
    """The agents ask for `Lever.NAME` and a phase of the kernel reads `name`; or the schedule acts for both."""
    if lever.name in used("Lever", "model/schedule.py"):
        return
    asked = used("Lever", "model/agents")
    assert lever.name in asked, f"no rule in model/agents is called with Lever.{lever.name}"
    read = {
        node.attr
        for path in modules_in("model/ensemble")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
    }
    assert lever in read, f"no phase in model/ensemble calls a rule with the field {lever} of the calendar"


def test_labels_are_short_and_distinct():
    """Charts have room for so many letters beside an axis."""
    labels = [lever.label for lever in Lever] + [row.label for row in TABLE]
    assert len(set(labels)) == len(labels)
    assert [label for label in labels if not 0 < len(label) <= 45] == []


def test_every_kind_of_event_can_be_written_and_happens():
    classes = {
        "BREACH": "Breach",
        "LEADER_CHANGE": "LeaderChange",
        "COST_SHOCK": "CostShock",
        "GRIP_SHOCK": "GripShock",
        "FIXED_STANCE": "FixedStance",
    }
    assert set(classes) == {kind.name for kind in EventKind}
    assert used("EventKind", "scenario/entries.py") == set(classes)
    for kind, name in classes.items():
        (named,) = getattr(entries, name).model_fields["event"].annotation.__args__
        assert named is EventKind[kind]
    dated = [*modules_in("model/schedule.py"), *modules_in("scenario/paths.py")]
    scheduled = "".join(each.read_text(encoding="utf-8") for each in dated)
    assert [name for name in classes.values() if f"isinstance(event, {name})" not in scheduled] == []


def test_the_fields_of_parameters_are_the_rows_of_the_table():
    assert Parameters._fields == tuple(row.name for row in TABLE)
    assert set(entries.ParameterOverrides.model_fields) == set(Parameters._fields)


def test_every_parameter_is_used_by_the_model():
    used = {
        name for path in modules_in("model") for name in Parameters._fields if name in path.read_text(encoding="utf-8")
    }
    assert set(Parameters._fields) - used == set()


# As in the table of MODEL.md: name, default, range, hard limits, and whether evidence stands behind it.
SPECIFIED = """
decision_sharpness 6 3–9 0–12 assumed
exposure 0.3 0.1–0.5 0–2 assumed
accountability_pressure 0.2 0.1–0.3 0–2 assumed
grip_response 1 0–2 0–5 assumed
opening_trust 0.40 0.25–0.55 0–1 evidence
same_sector_premium 0.10 0–0.2 0–1 evidence
opening_orientation 0.2 0.05–0.35 0–1 assumed
weakest_link 0.25 0–0.5 0–1 assumed
trust_gain 0.08 0.04–0.12 0–0.3 assumed
loss_ratio 2 0.5–3.5 0–5 evidence
trust_rule 0 0–1 0–1 structural
meeting 0.1 0–0.2 0–1 assumed
stalemate 0.03 0–0.06 0–1 assumed
behind 0.1 0–0.2 0–1 assumed
neutral 0.4 0.2–0.6 0–1 assumed
celebrated 0.2 0–0.4 0–1 assumed
co_ownership_memory 0.5 0.2–0.8 0–1 assumed
quorum 0.7 0.55–0.85 0–1 assumed
delivery_floor 0.05 0–0.10 0–1 assumed
owned_realisation 0.75 0.65–0.85 0–1 evidence
unowned_realisation 0.55 0.45–0.65 0–1 evidence
realisation_spread 0.25 0.1–0.4 0–1 assumed
mobilisation 6 0–12 0–24 assumed
pace 3 1–5 1–24 assumed
efficiency_rate 0.03 0.015–0.045 0–0.2 assumed
attention_cost 0.3 0–0.6 0–1 assumed
contract_saving 0.01 0–0.02 0–0.1 assumed
turnover 0.019 0.008–0.03 0–0.2 evidence
turnover_loss 0.4 0.2–0.6 0–1 assumed
role_modelling 0.04 0.01–0.07 0–1 assumed
neutral_band 0.1 0–0.2 0–1 assumed
goal_effect 0.6 0.2–1 0–3 evidence
coaching_effect 0.03 0.01–0.05 0–0.3 evidence
coaching_skill 0.2 0–0.4 0–1 evidence
menu_effect 0.33 0.1–0.56 0–1 evidence
acknowledgement_effect 0.4 0–0.8 0–1 assumed
stability_effect 0.6 0.3–0.9 0–1 evidence
instruction_effect 1.0 0–2 0–5 evidence
instruction_months 2 1–3 1–24 evidence
instruction_persistence 0.5 0–1 0–1 assumed
lead_capacity 8 4–12 1–50 assumed
"""

WHOLE = ["trust_rule", "mobilisation", "pace", "instruction_months", "lead_capacity"]


def bounds(written):
    return tuple(map(float, written.split("–")))


def test_the_table_is_that_of_the_specification():
    rows = [line.split() for line in SPECIFIED.strip().splitlines()]
    expected = [
        (name, float(default), *bounds(between), *bounds(limits), status)
        for name, default, between, limits, status in rows
    ]
    table = [(row.name, row.default, row.low, row.high, row.least, row.most, row.status) for row in TABLE]
    assert table == expected
    assert default_parameters() == Parameters(*(row[1] for row in expected))
    assert [row.name for row in TABLE if row.whole] == WHOLE
    assert all(row.unit and row.meaning and row.source for row in TABLE)


def test_every_default_is_the_middle_of_its_range():
    """A range is stretched about its default, and neither end is nearer."""
    off = {row.name: row.default - (row.low + row.high) / 2 for row in TABLE if row.status != "structural"}
    assert {name for name, distance in off.items() if abs(distance) > 1e-12} == set()


def test_words_keep_their_numbers():
    assert [stance.value for stance in Stance] == [0, 1]
    assert (Stance.INSTITUTIONAL, Stance.POPULATION_FIRST) == (0, 1)
    assert {outcome.label: outcome.value for outcome in OutcomeClass} == {"win/win": 0, "win/neutral": 1, "win/lose": 2}
    assert {rule: trust_rule_code(rule) for rule in TrustRule} == {TrustRule.LINEAR: 0.0, TrustRule.CONFIRMATORY: 1.0}
    assert [str(role) for role in Role] == ["commissioner", "provider"]
    assert [str(kind) for kind in OpportunityKind] == ["programme", "contract"]
    assert [str(payment) for payment in Payment] == ["tariff", "block", "shared"]
    assert [str(status) for status in EvidenceStatus] == ["sourced", "derived", "assumed"]
