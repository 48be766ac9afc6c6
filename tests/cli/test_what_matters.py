"""`trustsim show --what-matters`, as its user types it."""

import re
from dataclasses import replace

import pytest

from simulation.cli import _what_matters
from simulation.execution.what_matters import WhatMatters, find_what_matters
from tests.cli.test_run import TWO_TRUSTS, trustsim
from tests.places import place, scenario

pytestmark = pytest.mark.e2e

LARGE_AND_SMALL = """\
title: A large programme and a small one
start: 2024-04
months: 24
population: 100000
do_nothing: {2024-04: {value: 40, source: plan}}
organisations:
  board: {role: commissioner, income: {value: 100, source: accounts}, deficit_share: {value: 1, source: plan}}
  hospital: {role: provider, income: {value: 200, source: accounts}, deficit_share: {value: 2, source: plan}}
programmes:
  large: {value: 20, shares: {board: 0.5, hospital: {value: 0.5, source: agreed}}}
  small: {value: {value: 0.1, source: business case, low: 0.05, high: 0.12}, shares: {board: 0.5, hospital: 0.5}}
events:
  - {event: fixed_stance, organisation: board, stance: population_first}
  - {event: fixed_stance, organisation: hospital, stance: population_first}
"""


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mine")
    (folder / "mine.yaml").write_text(LARGE_AND_SMALL, encoding="utf-8")
    done = trustsim("show", "mine.yaml", "--what-matters", "--points", "100", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_says_which_number_to_find_out_first_and_where(shown):
    lines = shown.splitlines()
    assert lines[1].startswith("Measured: the gap in March 2026; ")
    first = lines.index(next(line for line in lines if line.startswith("Find out ")))
    assert lines[first + 1].startswith("1. Large: value on paper: 20, in the range 10 to 30 (£m a year); worth £")
    assert lines[first + 2] == "   where to find it: costing sheet of the business case; in the file: mine.yaml:10:18"


def test_it_says_how_sure_the_order_is(shown):
    assert re.search(r"^1\. .* worth £[\d.]+m a year \(£[\d.]+m to £[\d.]+m\)$", shown, re.MULTILINE)
    assert "may change places with another seed." in shown
    assert "The first is clearly worth more than the " in shown or "It is clearly worth more than the " in shown


def test_numbers_of_equal_worth_are_said_to_be_alike(tmp_path):
    """One programme is worth five times as much as each of seven that are alike."""
    shares = "shares: {board: 0.5, hospital: {value: 0.5, source: agreed}}"
    head, _, rest = LARGE_AND_SMALL.partition("programmes:\n")
    lines = [f"  large: {{value: 20, {shares}}}", *(f"  p{number}: {{value: 4, {shares}}}" for number in range(7))]
    text = "\n".join([f"{head}programmes:", *lines, rest[rest.index("events:") :]])
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    done = trustsim("show", "mine.yaml", "--what-matters", "--points", "300", cwd=tmp_path)
    first = "Find out these five numbers first (3 others may be worth as much as the last):"
    assert f"{first}\n1. Large: value on paper" in done.stdout
    assert re.search(
        r"The first is clearly worth more than the sixth, P\d: value on paper \(£[\d.]+m to £[\d.]+m\); "
        r"the other four cannot be distinguished from it\.\n"
        r"Nor can the 2 after it: P\d: value on paper; P\d: value on paper\.\n",
        done.stdout,
    )


def test_it_lists_every_guess_by_worth_and_the_assumptions_of_the_model_apart(shown):
    own, _, assumed = shown.partition("The model's assumptions, by worth")
    rows = own[own.index("The place's own numbers") :].splitlines()
    by_worth = [line.strip().partition("  ")[0] for line in rows if line.startswith((" Large", " Small"))]
    assert by_worth[0] == "Large: value on paper"
    assert "Small: value on paper" in by_worth
    assert "Large: share of the saving of Board" not in by_worth
    assert "parameters.owned_realisation" in assumed
    assert "Value saved where all own it" in assumed
    assert "parameters." not in own
    (small,) = [line for line in rows if line.startswith(" Small: value on paper")]
    assert "0.05 to 0.12" in small
    assert "sourced" in small
    assert "not distinguishable from nothing" in small


def test_it_says_which_assumptions_no_rule_reads_and_gives_them_no_row(shown):
    (line,) = [each for each in shown.splitlines() if "have no worth and no row, since no rule reads them" in each]
    assert "Effect of coaching on outlook" in line
    assert shown.count("Effect of coaching on outlook") == 1
    assert "parameters.coaching_effect" not in shown


def test_it_says_what_it_rests_on(shown):
    assert "It rests on 100 points: each has the place's own numbers at random within their ranges" in shown
    assert "It is linear: straight lines through all of the place's own numbers together explain" in shown
    kept = shown[shown.index("follow from the others: ") :]
    assert "programmes.large.shares.board" in kept
    assert "programmes.small.milestones" in kept


def test_with_levers_it_measures_what_they_take_off_the_gap(tmp_path):
    levers = "levers: {superordinate_goal: {strength: 1}}\n"
    (tmp_path / "mine.yaml").write_text(LARGE_AND_SMALL + levers, encoding="utf-8")
    shown = trustsim("show", "mine.yaml", "--what-matters", "--points", "60", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "Measured: how much the levers take off the gap in" in shown.stdout
    assert "one with the levers and one without, with the same random events" in shown.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--points", "100"), "Invalid value for --points: needs --what-matters"),
        (("--what-matters", "--points", "5"), "5 points are too few for"),
    ],
)
def test_mistakes_are_exit_code_2(words, message, tmp_path):
    done = trustsim("show", TWO_TRUSTS, *words, cwd=tmp_path)
    assert done.returncode == 2
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_of_one_number_that_may_change_places_it_is_said_that_it_cannot_be_distinguished(monkeypatch):
    subject = scenario(place(months=12, contracts={}))
    found = find_what_matters(subject, points=100, seed=3)
    monkeypatch.setattr(_what_matters, "FIRST", 1)
    monkeypatch.setattr(WhatMatters, "can_distinguish", lambda *_: False)
    lines = _what_matters.finding(subject, found, {each.number.where: each.number.where for each in found.numbers})
    said = next(line for line in lines if " the second, " in line)
    assert said.startswith("It cannot be distinguished from the second, ")
    assert lines[lines.index(said) + 1].startswith("Nor can the ")


def test_a_number_that_is_not_clear_is_no_part_of_the_list_though_one_after_it_is(monkeypatch):
    subject = scenario(place(months=12, contracts={}))
    found = find_what_matters(subject, points=100, seed=3)
    numbers = tuple(each._replace(is_clear=rank != 1) for rank, each in enumerate(found.numbers))
    monkeypatch.setattr(_what_matters, "FIRST", 3)
    monkeypatch.setattr(WhatMatters, "can_distinguish", lambda *_: False)
    locations = {each.number.where: each.number.where for each in numbers}
    lines = _what_matters.finding(subject, replace(found, numbers=numbers), locations)
    named = [line.partition(":")[0] for line in lines if line[:2] in {"1.", "2.", "3."}]
    guesses = [each for each in numbers if each.number.status in {"assumed", "default"}]
    assert numbers[:3] == tuple(guesses[:3])
    names = [_what_matters.number_name(subject, each.number).partition(":")[0] for each in guesses]
    assert named == [f"1. {names[0]}", f"2. {names[2]}"]
    said = next(line for line in lines if line.startswith("None of the two can be distinguished from the next, "))
    assert _what_matters.number_name(subject, guesses[1].number) in said
    assert f"({len(guesses) - 2} others may be worth as much as the last)" in lines[3]


def test_a_number_whose_range_has_no_width_is_no_whole_number_that_follows():
    care = {"value": {"value": 6, "low": 6, "high": 6}, "shares": {"a": 0.6, "b": 0.4}, "milestones": 1}
    subject = scenario(place(months=12, contracts={}, programmes={"care": care}))
    found = find_what_matters(subject, points=100, seed=3)
    said = {line.partition(": ")[0]: line for line in _what_matters.notes(subject, found)}
    assert said["Not varied, since they have a range whose ends are equal"].endswith(": programmes.care.value.")
    assert "programmes.care.milestones" in said["Not varied, since they are whole numbers or follow from the others"]
