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
    """The agents ask for `Lever.NAME`, or the schedule does for both; a phase of the kernel reads the field `name`."""
    asked = used("Lever", "model/agents", "model/schedule.py")
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
    scheduled = (modules_in("model/schedule.py")[0]).read_text(encoding="utf-8")
    assert [name for name in classes.values() if f"isinstance(event, {name})" not in scheduled] == []


def test_the_fields_of_parameters_are_the_rows_of_the_table():
    assert Parameters._fields == tuple(row.name for row in TABLE)
    assert set(entries.ParameterOverrides.model_fields) == set(Parameters._fields)


def test_every_parameter_is_used_by_the_model():
    used = {
        name for path in modules_in("model") for name in Parameters._fields if name in path.read_text(encoding="utf-8")
    }
    assert set(Parameters._fields) - used == set()


# As in the table of MODEL.md: name, default, range, and whether evidence stands behind it.
SPECIFIED = """
decision_sharpness 6 0–12 assumed
exposure 0.3 0.1–0.8 assumed
accountability_pressure 0.2 0–0.6 assumed
grip_response 1.0 0–2 assumed
shortfall_unit 0.1 0.02–0.2 assumed
opening_trust 0.40 0.2–0.7 evidence
opening_trust_same_sector 0.50 0.2–0.7 evidence
opening_orientation 0.2 0–0.6 assumed
entry_orientation 0.2 0–0.6 assumed
trust_gain 0.03 0.01–0.10 assumed
loss_ratio 2 0.5–4 evidence
trust_rule 0 0–1 structural
meeting 0.5 0–1 assumed
stalemate 0.1 0–1 assumed
neutral 0.4 0–1 assumed
celebrated 0.2 0–1 assumed
co_ownership_memory 0.5 0.1–1 assumed
quorum 0.7 0.5–1 assumed
delivery_floor 0.15 0–0.5 assumed
realisation_mean 0.75 0.4–1 evidence
realisation_spread 0.25 0–0.4 evidence
efficiency_rate 0.03 0.01–0.06 assumed
attention_cost 0.3 0–0.6 assumed
turnover 0.019 0.008–0.03 evidence
turnover_loss 0.4 0–1 assumed
role_modelling 0.04 0–0.1 assumed
neutral_band 0.1 0–0.3 assumed
goal_effect 0.6 0–1.2 evidence
coaching_effect 0.03 0–0.06 evidence
coaching_skill 0.2 0–0.5 evidence
menu_effect 0.33 0–0.6 evidence
acknowledgement_effect 0.4 0–1 assumed
stability_effect 0.6 0–0.8 evidence
instruction_effect 1.0 0–2 evidence
instruction_months 2 1–6 evidence
lead_capacity 8 1–20 assumed
"""


def test_the_table_is_that_of_the_specification():
    rows = [line.split() for line in SPECIFIED.strip().splitlines()]
    expected = [
        (name, float(default), *map(float, between.split("–")), status) for name, default, between, status in rows
    ]
    assert [(row.name, row.default, row.low, row.high, row.status) for row in TABLE] == expected
    assert default_parameters() == Parameters(*(row[1] for row in expected))
    assert [row.name for row in TABLE if row.whole] == ["trust_rule", "instruction_months", "lead_capacity"]
    assert all(row.unit and row.meaning and row.source for row in TABLE)


def test_words_keep_their_numbers():
    assert [stance.value for stance in Stance] == [0, 1]
    assert (Stance.INSTITUTIONAL, Stance.POPULATION_FIRST) == (0, 1)
    assert {outcome.label: outcome.value for outcome in OutcomeClass} == {"win/win": 0, "win/neutral": 1, "win/lose": 2}
    assert {rule: trust_rule_code(rule) for rule in TrustRule} == {TrustRule.LINEAR: 0.0, TrustRule.CONFIRMATORY: 1.0}
    assert [str(role) for role in Role] == ["commissioner", "provider"]
    assert [str(kind) for kind in OpportunityKind] == ["programme", "contract"]
    assert [str(status) for status in EvidenceStatus] == ["sourced", "derived", "assumed"]
