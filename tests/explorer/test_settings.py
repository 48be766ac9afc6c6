"""What a room sets, as a scenario, as a link, and as a saved file."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import pytest

from simulation import load_scenario, run_ensemble
from simulation.charts.against_baseline import gap_against_baseline, reason_unavailable_against_baseline
from simulation.explorer.link import settings_from_text, settings_to_text
from simulation.explorer.meeting import telling_meeting
from simulation.explorer.panel import controls, settings_of
from simulation.explorer.pictures import archive, certainty_words, draw, figure_html
from simulation.explorer.place import SEED, Place
from simulation.explorer.settings import Use, baseline_settings, opening_settings
from simulation.explorer.story import TITLES, story_step
from simulation.explorer.words import FIRST
from simulation.levers import Lever
from simulation.parameters import TABLE
from simulation.scenario.writing import scenario_to_yaml
from tests.places import SCENARIOS, place, scenario

pytestmark = pytest.mark.unit

STARTER = {
    "menu_framing": [{"strength": 0.3}, {"strength": 0.8, "from": "2020-08", "only": ["care"], "cost": 0.2}],
    "coaching": {"strength": 0.5, "ramp": 6, "cost": 0.1},
}
PLACE = Place(scenario(place(levers=STARTER)), "made-up")
ALONE = Place(scenario(place()), "alone")


def test_what_is_not_touched_stays_as_the_file_has_it():
    assert PLACE.changed(PLACE.opening) is PLACE.scenario or PLACE.changed(PLACE.opening) == PLACE.scenario
    assert dict(PLACE.opening.levers)[Lever.MENU_FRAMING] == Use(0.8, "2020-08")
    moved = PLACE.changed(PLACE.opening.with_changes(levers={Lever.CELEBRATION: Use(1.0, "2020-04")}))
    assert moved.levers[Lever.MENU_FRAMING] == PLACE.scenario.levers[Lever.MENU_FRAMING]


def test_a_lever_that_is_moved_keeps_its_ramp_its_cost_and_whom_it_acts_on():
    moved = PLACE.changed(
        PLACE.opening.with_changes(
            levers={Lever.COACHING: Use(1.0, "2020-06"), Lever.MENU_FRAMING: Use(0.5, "2020-04")}
        )
    )
    (coaching,), (menu,) = moved.levers[Lever.COACHING], moved.levers[Lever.MENU_FRAMING]
    assert (coaching.strength, coaching.from_, coaching.ramp, coaching.cost) == (1.0, "2020-06", 6, 0.1)
    assert (menu.strength, menu.from_, menu.only, menu.cost) == (0.5, None, ("care",), 0.2)


def test_a_lever_at_nothing_is_not_used():
    moved = PLACE.changed(PLACE.opening.with_changes(levers={Lever.COACHING: Use(0.0, "2020-04")}))
    assert Lever.COACHING not in moved.levers


def test_assumptions_and_who_never_moves_are_put_into_the_scenario():
    settings = PLACE.opening.with_changes(
        parameters={"opening_trust": 0.6, "trust_rule": "confirmatory", "lead_capacity": 3.0}, never_moves="b"
    )
    changed = PLACE.changed(settings)
    assumed = changed.resolve_parameters()
    assert (assumed.opening_trust, assumed.trust_rule, assumed.lead_capacity) == (0.6, 1.0, 3.0)
    assert [(event.organisation, event.stance) for event in changed.events] == [("b", "institutional")]


def test_what_is_held_against_is_the_file_or_the_same_assumptions_with_its_levers():
    settings = PLACE.opening.with_changes(
        levers={Lever.COACHING: Use(1.0, "2020-04")}, parameters={"opening_trust": 0.6}, never_moves="b"
    )
    file = baseline_settings(settings, PLACE.opening)
    assert file == PLACE.opening
    fair = baseline_settings(type(settings)(**(settings.__dict__ | {"held_against": "assumptions"})), PLACE.opening)
    assert dict(fair.parameters)["opening_trust"] == 0.6
    assert fair.never_moves == "b"
    assert fair.levers == PLACE.opening.levers


def test_a_link_brings_back_what_was_set():
    settings = PLACE.opening.with_changes(
        levers={Lever.COACHING: Use(0.35, "2020-06")},
        parameters={"opening_trust": 0.45, "trust_rule": "confirmatory"},
        never_moves="b",
    )
    text = settings_to_text(settings, PLACE.opening)
    assert text == "coaching:0.35@2020-06,opening_trust:0.45,trust_rule:confirmatory,never_moves:b"
    assert settings_from_text(text, PLACE.opening, PLACE.scenario) == (settings, [])
    assert settings_to_text(PLACE.opening, PLACE.opening) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("coching:1", "there is no such setting; did you mean coaching?"),
        ("coaching:2", "must be from 0 to 1 (given: 2)"),
        ("coaching:much", "must be a number (given: 'much')"),
        ("coaching:1@2031-01", "there is no month '2031-01'"),
        ("opening_trust:1.01", "must be from 0 to 1 (given: 1.01)"),
        ("loss_ratio:6", "must be from 0 to 5 (given: 6)"),
        ("opening_trust_same_sector:0.5", "there is no such setting"),
        ("unowned_realisation:0.8", "must be at most owned_realisation, which is 0.75 (given: 0.8)"),
        ("owned_realisation:0.5", "must be at most owned_realisation, which is 0.5 (given: 0.55)"),
        ("lead_capacity:2.5", "must be a whole number (given: 2.5)"),
        ("trust_rule:linea", "there is no trust rule 'linea'; did you mean linear?"),
        ("never_moves:z", "there is no organisation 'z'"),
        ("replicates:7", "there is no choice of simulated runs '7'"),
        ("held_against:chance", "there is no such setting"),
        ("coaching:nan", "must be from 0 to 1"),
    ],
)
def test_what_a_link_mistypes_is_said_and_the_rest_is_used(text, words):
    settings, problems = settings_from_text(f"{text},celebration:1", PLACE.opening, PLACE.scenario)
    assert len(problems) == 1
    assert words in problems[0]
    assert dict(settings.levers)[Lever.CELEBRATION].strength == 1.0


def test_a_link_may_go_to_the_hard_limits_that_a_file_may():
    settings, problems = settings_from_text("loss_ratio:5,pace:24", PLACE.opening, PLACE.scenario)
    assert problems == []
    assert PLACE.changed(settings).resolve_parameters()[:] == PLACE.scenario.resolve_parameters()._replace(
        loss_ratio=5.0, pace=24.0
    )


def test_sliders_go_over_the_ranges_and_to_where_the_file_stands():
    far = Place(scenario(place(parameters={"loss_ratio": 4.5})), "far")
    for row in TABLE:
        if row.status != "structural":
            steps = controls(PLACE, PLACE.opening).elements[row.name].steps
            assert (steps[0], steps[-1]) == (row.low, row.high), row.name
    assert controls(far, far.opening).elements["loss_ratio"].steps[-1] == 4.5


def test_the_first_assumptions_that_a_room_asks_about_are_in_the_table():
    assert set(FIRST) <= {row.name for row in TABLE}


def test_where_two_sliders_cross_the_smaller_is_used_and_saved(tmp_path):
    """A saving is worth no more without ownership than with it, and the saved file can be loaded."""
    crossed = ALONE.opening.with_changes(parameters={"unowned_realisation": 0.65, "owned_realisation": 0.6})
    path = tmp_path / "saved.yaml"
    path.write_text(scenario_to_yaml(ALONE.saved(crossed), schema=None), encoding="utf-8")
    assert load_scenario(path).resolve_parameters().unowned_realisation == 0.6


def test_a_saved_scenario_loads_and_runs_to_the_same_numbers(tmp_path):
    settings = PLACE.opening.with_changes(
        levers={Lever.GAIN_SHARE: Use(0.5, "2020-06")}, parameters={"loss_ratio": 3.0, "lead_capacity": 2.0}
    )
    path = tmp_path / "saved.yaml"
    path.write_text(scenario_to_yaml(PLACE.saved(settings), schema=None), encoding="utf-8")
    shown = PLACE.compare(settings).cases[1].gaps
    run = run_ensemble(load_scenario(path), replicates=settings.replicates, seed=SEED)["gap"][:, -1]
    assert run.tolist() == shown.tolist()
    assert load_scenario(path).title == "A made-up place, with your changes"


def test_rooms_that_ask_at_once_get_their_own_answers():
    def ask(number):
        settings = ALONE.opening.with_changes(levers={Lever.COACHING: Use(number / 10, "2020-04")})
        compared = ALONE.compare(settings)
        return draw(gap_against_baseline, compared)[0].headline, compared.cases[1].gaps.tolist()

    alone = [ask(number) for number in range(1, 9)]
    with ThreadPoolExecutor(8) as rooms:
        assert list(rooms.map(ask, range(1, 9))) == alone


def test_how_sure_is_said_for_both_kinds_of_doubt():
    settings = ALONE.opening.with_changes(levers={Lever.COACHING: Use(1.0, "2020-04")})
    words = certainty_words(ALONE.compare(settings))
    assert "with the same random events" in words
    assert " of 100 cases" in words
    assert certainty_words(ALONE.compare(ALONE.opening)) == ""


def test_an_assumption_that_was_moved_is_not_varied():
    settings = ALONE.opening.with_changes(parameters={"exposure": 0.45})
    _, changed = (case.study.assumptions.parameters for case in ALONE.compare(settings).cases)
    assert set(changed["exposure"]) == {0.45}
    assert len(set(changed["pace"])) > 1


def test_everything_can_be_taken_away_in_one_file():
    settings = ALONE.opening.with_changes(levers={Lever.COACHING: Use(1.0, "2020-04")})
    whole = ZipFile(BytesIO(archive(ALONE.compare(settings), ALONE.saved(settings), 3)))
    names = whole.namelist()
    assert len([name for name in names if name.endswith(".png")]) == 5
    assert "alone-changed.yaml" in names
    assert b"2020-07" in whole.read("trust_map_against_baseline.csv")


def test_a_place_too_large_for_a_page_says_so_in_place_of_a_picture():
    many = {f"o{n}": {"role": "provider", "income": 10.0} for n in range(41)}
    large = Place(
        scenario(
            place(
                months=2,
                organisations=many,
                contracts={},
                programmes={"x": {"value": 1, "shares": {"o1": 0.5, "o2": 0.5}}},
            )
        ),
        "large",
    )
    compared = large.compare(large.opening)
    assert "too many organisations to label" in reason_unavailable_against_baseline(
        "trust_map_against_baseline", compared
    )
    assert reason_unavailable_against_baseline("gap_against_baseline", compared) is None


def test_a_title_that_is_markup_is_shown_as_text():
    nasty = Place(scenario(place(title="<script>alert(1)</script>")), "nasty")
    html = figure_html(*draw(gap_against_baseline, nasty.compare(nasty.opening)))
    assert "<script>" not in html


@pytest.mark.parametrize("number", range(len(TITLES)))
@pytest.mark.parametrize("which", ["made-up", "nothing on the table"])
def test_every_step_of_the_story_can_be_told_of_any_place(number, which):
    told = ALONE
    if which == "nothing on the table":
        late = {"care": {"value": 6, "shares": {"a": 0.5, "b": 0.5}, "from": "2020-09"}}
        told = Place(scenario(place(contracts={}, programmes=late)), "late")
    step = story_step(told, number)
    assert step.title == TITLES[number]
    assert step.reveal(step.answers[-1] if step.answers else 5.0) or which == "nothing on the table"
    if step.picture is not None:
        chart, svg = step.picture()
        assert svg.startswith("<svg")
        assert len(chart.data)


def test_the_meeting_that_is_told_of_is_the_one_that_can_be_checked_by_hand():
    """The sums stand at the head of two-trusts.yaml: 0.38 against 0.40, and 0.47 against 0.40."""
    meeting = telling_meeting(load_scenario(SCENARIOS / "two-trusts.yaml"))
    assert meeting.title == "Care at home in place of a hospital bed"
    assert [(side.name, round(side.needed, 2), side.trust, side.leans) for side in meeting.sides] == [
        ("The commissioner", 0.38, 0.4, True),
        ("The hospital", 0.47, 0.4, False),
    ]


def test_the_settings_of_every_shipped_scenario_are_those_of_its_file():
    for path in sorted(SCENARIOS.glob("*.yaml")):
        loaded = load_scenario(path)
        opening = opening_settings(loaded)
        assert Place(loaded, path.stem).changed(opening) == loaded
        assert np.isfinite([use.strength for _, use in opening.levers]).all()


def test_two_organisations_of_one_name_can_be_told_apart_and_one_may_be_called_nobody():
    twins = {who: {"role": "provider", "income": 10.0, "name": "The trust"} for who in ("a", "b")}
    named = Place(
        scenario(place(organisations=twins | {"nobody": {"role": "provider", "income": 1.0}}, contracts={})), "named"
    )
    for who in ("a", "b", "nobody", None):
        settings = named.opening.with_changes(never_moves=who)
        assert settings_of(controls(named, settings).value, named.opening) == settings


def test_the_controls_say_what_they_were_set_to():
    settings = PLACE.opening.with_changes(
        levers={Lever.COACHING: Use(0.35, "2020-06")}, parameters={"opening_trust": 0.45, "lead_capacity": 3.0}
    )
    assert settings_of(controls(PLACE, settings).value, PLACE.opening) == settings
