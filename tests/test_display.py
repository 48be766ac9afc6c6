"""The display of scenarios, replicates, ensembles and charts in a notebook."""

import re
from html import unescape

import pytest

from simulation import TrustModel, load_scenario, run_ensemble, with_levers
from simulation.charts import trajectory
from simulation.display import Markup, html_table, sparkline
from simulation.formatting import millions, percent, two_decimals
from tests.places import SCENARIOS, place, scenario

pytestmark = pytest.mark.unit


def words_in(html):
    """Return the text of HTML, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_sparkline_rises_where_the_series_does_and_says_it_in_words():
    assert sparkline([1, 2, 3], 'a "rise"') == (
        '<span role="img" aria-label="a &quot;rise&quot;" style="white-space:pre">▁▅█</span>'
    )


@pytest.mark.parametrize("values", [[], [float("nan")], [2.0], [2.0, 2.0], [float("nan"), 1.0, 2.0]])
def test_a_sparkline_of_little_or_nothing_is_drawn_all_the_same(values):
    assert len(re.sub(r"<[^>]+>", "", sparkline(values, "x"))) == len(values)


def test_a_long_series_is_drawn_by_its_first_and_last_and_even_steps_between():
    drawn = re.sub(r"<[^>]+>", "", sparkline(list(range(400)), "x"))
    assert (len(drawn), drawn[0], drawn[-1]) == (24, "▁", "█")


def test_cells_are_made_safe_and_markup_is_left():
    html = html_table("<b>", ["<i>"], [["<script>"], [Markup("<em>ok</em>")]])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<caption>&lt;b&gt;</caption>" in html
    assert "<em>ok</em>" in html


def test_of_many_rows_the_first_are_shown_and_the_rest_counted():
    html = html_table("many", ["n"], [[str(n)] for n in range(1000)])
    assert html.count("<tr>") == 18
    assert "and 984 more" in html


def test_a_scenario_shows_who_is_there_what_could_be_done_and_what_is():
    shown = load_scenario(SCENARIOS / "mid-south-essex-partnership.yaml")
    words = words_in(shown._repr_html_())
    for part in (
        "southend_ccg Southend CCG commissioner",
        "£94m to £216m a year",
        "1,200,000 people",
        "coaching Coaching 0.5 2015-12 6 1.6",
        "frailty_mid Frailty in mid Essex 4 5 8 localities",
        "contract_mid_essex_meht Mid Essex CCG and Broomfield mid_essex_ccg meht 220 tariff",
    ):
        assert part in words
    assert repr(shown) == (
        "<Scenario “Mid and South Essex, partnership at half strength”: 15 organisations, 22 programmes, "
        "20 contracts, 40 months from 2015-12>"
    )


def test_what_a_scenario_shows_names_the_ids_that_calls_take():
    shown = load_scenario(SCENARIOS / "two-trusts.yaml")
    shown = with_levers(shown, coaching=0.5)
    firsts = re.findall(r"<tr><td [^>]*>([^<]*)</td>", shown._repr_html_())
    assert firsts == [*shown.organisations, *shown.programmes, *shown.contracts, "coaching"]
    for each in shown.organisations:
        assert shown.organisation(each) is shown.organisations[each]


def test_an_ensemble_shows_where_it_begins_and_ends():
    ensemble = run_ensemble(scenario(place()), replicates=3, first=5, seed=2, engine="mesa")
    assert repr(ensemble) == "<Ensemble “A made-up place”: 3 replicates from number 5, seed 2>"
    gap = sorted(ensemble["gap"][:, -1])[1]
    assert f"{millions(gap)} " in words_in(ensemble._repr_html_())


def test_a_replicate_shows_its_organisations_before_during_and_after():
    replicate = TrustModel(scenario(place()), seed=1)
    assert "before 2020-04" in repr(replicate)
    assert words_in(replicate._repr_html_()).endswith("b provider 0.20 0.00 0.40 0")
    replicate.run()
    assert "ended with 2021-03" in repr(replicate)
    words, gap, trust = words_in(replicate._repr_html_()), *(replicate.trajectory[name] for name in ("gap", "trust"))
    for name, first, last in (
        ("gap, £m a year", millions(gap[0]), millions(gap[-1])),
        ("trust", two_decimals(trust[0]), two_decimals(trust[-1])),
    ):
        assert re.search(rf"{name}: {first} [▁-█]+ {last}( |$)", words)


def test_the_trust_that_a_replicate_shows_of_an_organisation_is_its_mean_over_the_others():
    opening = {("a", "b"): 0.1, ("a", "c"): 0.5, ("b", "a"): 0.9, ("b", "c"): 0.6, ("c", "a"): 0.2, ("c", "b"): 0.3}
    differs = [{"of": of, "in": to, "trust": trust} for (of, to), trust in opening.items()]
    three = {name: {"role": "provider", "income": 100.0} for name in "abc"}
    care = {"value": 6, "shares": {"a": 0.5, "b": 0.25, "c": 0.25}}
    replicate = TrustModel(
        scenario(
            place(organisations=three, contracts={}, programmes={"care": care}, relationships={"overrides": differs})
        ),
        seed=1,
    )
    shown = re.findall(r"\b([abc]) provider \S+ \S+ (\S+)", words_in(replicate._repr_html_()))
    assert shown == [("a", "0.30"), ("b", "0.75"), ("c", "0.25")]


def test_an_organisation_shows_the_chance_that_it_is_about_to_take():
    """Before stances are taken as after: levers and pressure of this month, not of the last."""
    replicate = TrustModel(scenario(place()), seed=1)
    replicate.begin_month()
    replicate.convene()
    one = replicate.organisations[0]
    chances = [one.population_first_chance(each) for each in one.memberships]
    assert percent(chances[0]) in words_in(one._repr_html_())
    replicate.take_stances()
    assert [one.population_first_chance(each) for each in one.memberships] == chances


def test_phases_by_hand_and_a_step_are_the_same_month():
    by_hand, at_once = (TrustModel(scenario(place()), seed=1) for _ in range(2))
    for _ in range(2):
        for phase in (
            "begin_month",
            "convene",
            "take_stances",
            "negotiate",
            "deliver",
            "reflect",
            "account",
            "end_month",
        ):
            getattr(by_hand, phase)()
        at_once.step()
    assert by_hand.month == at_once.month == 2
    assert by_hand.trajectory["gap"][:2].tolist() == at_once.trajectory["gap"][:2].tolist()


def test_a_chart_shows_its_picture_and_has_words_where_there_is_none():
    chart = trajectory(run_ensemble(scenario(place()), replicates=2, seed=1, engine="mesa"))
    shown, looks = chart._repr_mimebundle_()
    assert shown["image/png"].startswith(b"\x89PNG")
    assert looks["image/png"]["alt"] == chart.alt
    assert chart.headline in shown["text/plain"]


def test_a_chart_shows_itself_even_where_pyplot_has_its_own_way_for_figures():
    pytest.importorskip("IPython")
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.pylabtools import select_figure_formats
    from IPython.utils.capture import capture_output

    chart = trajectory(run_ensemble(scenario(place()), replicates=2, seed=1, engine="mesa"))
    shell = InteractiveShell.instance()
    try:
        select_figure_formats(shell, {"png"})
        with capture_output() as captured:
            shown, _ = shell.display_formatter.format(chart)
    finally:
        InteractiveShell.clear_instance()
    (output,) = captured.outputs
    assert shown == {}
    assert chart.alt in output.data["text/plain"]
    assert output.metadata["image/png"]["alt"] == chart.alt
