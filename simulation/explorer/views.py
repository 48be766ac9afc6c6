"""What each part of the page shows, as HTML with marimo's elements in it."""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import marimo as mo
import numpy as np

from simulation.charts.against_baseline import AGAINST_BASELINE, reason_unavailable_against_baseline
from simulation.charts.drawing.chart import Chart
from simulation.explorer.link import NAME, settings_to_text
from simulation.explorer.panel import controls_html
from simulation.explorer.pictures import archive, certainty_words, data_file, draw, figure_html, table_html
from simulation.explorer.place import Place
from simulation.explorer.settings import Settings, months_of
from simulation.explorer.story import TITLES, Guess, Step
from simulation.formatting import pounds
from simulation.results.comparison import Comparison
from simulation.scenario.writing import scenario_to_yaml

_GAP = "gap_against_baseline"
_FIRST = (_GAP, "question_mix_against_baseline")
_TRUST = "trust_map_against_baseline"
"""The picture that has a month of its own, and so is drawn apart from the others."""


def heading(place: Place, step: int, *, back: Any, on: Any, skip: Any, again: Any) -> Any:
    """The page's title and the way through the story.

    Args:
        place: What is explored.
        step: Of the story, from 0; the number of steps when it is over.
        back: A button to the step before.
        on: A button to the next.
        skip: A button past the story.
        again: A button to its beginning.
    """
    if step == len(TITLES):
        where, buttons = "Your turn", [again]
    else:
        where, buttons = f"Step {step + 1} of {len(TITLES)}", [*([back] if step else []), on, skip]
    return mo.Html(
        f'<header class="top"><h1>{escape(place.scenario.title)}</h1><nav aria-label="The story">'
        f'<span class="where">{where}</span>{"".join(f"{each}" for each in buttons)}</nav></header>'
    )


def story(number: int, step: Step, guess: Any, show: Any) -> Any:
    """A step of the story before it is answered."""
    return mo.Html(
        f'<main class="story"><h2>{number + 1}. {escape(step.title)}</h2>{step.told}'
        f'<div class="guess"><p class="ask">First, guess.</p>{guess}{show}</div></main>'
    )


def answer(step: Step, guess: Guess | None, *, shown: bool) -> Any:
    """What is so, once somebody has guessed; before that, nothing."""
    if not shown:
        return None
    if guess is None:
        return mo.Html('<section class="story" aria-live="polite"><p>Choose one first: a guess is free.</p></section>')
    words, picture = step.reveal(guess), ""
    if step.picture is not None:
        picture = _with_behind(*step.picture(), "this picture")
    return mo.Html(
        f'<section class="story answer" aria-live="polite" aria-label="What happens">{words}{picture}</section>'
    )


def settings_pane(controls: Any) -> Any:
    """The controls, beside the results."""
    return mo.Html(
        f'<aside class="pane" aria-label="Settings" tabindex="0">{controls_html(controls)}'
        '<p class="links"><a class="button" href="?explore">All as in the file</a></p></aside>'
    )


def results(place: Place, settings: Settings, compared: Comparison, problems: Sequence[str]) -> Any:
    """The headline with the gap, and which question is asked."""
    parts = [_problems(problems)] if problems else []
    parts += [_picture(name, compared) for name in _FIRST]
    return mo.Html(f'<main class="results"{_made_for(place, settings)}>{"".join(parts)}</main>')


def consequences(place: Place, settings: Settings, compared: Comparison) -> Any:
    """Who wins and who loses, and what becomes of the plan."""
    parts = [_picture(name, compared) for name in AGAINST_BASELINE if name not in {*_FIRST, _TRUST}]
    label = "Who wins, who loses, and what becomes of the plan"
    made_for = _made_for(place, settings)
    return mo.Html(f'<section class="results" aria-label="{label}"{made_for}>{"".join(parts)}</section>')


def month_player(months: Any, compared: Comparison) -> Any:
    """The month of the trust map, if there is one."""
    if reason_unavailable_against_baseline(_TRUST, compared) is not None:
        return None
    return mo.Html(f'<section class="month" aria-label="Month of the trust map">{months}</section>')


def trust(place: Place, settings: Settings, compared: Comparison, month: int) -> Any:
    """The trust map of one month."""
    picture = _picture(_TRUST, compared, month=month)
    return mo.Html(f'<section class="results" aria-label="Trust map"{_made_for(place, settings)}>{picture}</section>')


def take_away(place: Place, settings: Settings, compared: Comparison) -> Any:
    """Settings as a scenario file and as a link, and everything in one file."""
    scenario = place.saved(settings)
    link = settings_to_text(settings, place.opening)
    file = f"{place.name}-changed.yaml"
    save = mo.download(
        scenario_to_yaml(scenario, schema=None).encode(),
        filename=file,
        mimetype="text/yaml",
        label="Save as a scenario",
    )
    last = len(months_of(place.scenario)) - 1
    pack = mo.download(
        lambda: archive(compared, scenario, last),
        filename=f"{place.name}-changed.zip",
        mimetype="application/zip",
        label="All pictures and data (zip)",
    )
    href = "?explore" if not link else f"?{urlencode({NAME: link}, safe=':,@')}"
    return mo.Html(
        f'<section class="take-away" aria-label="To take away"><h2>To take away</h2><div class="links">{save}{pack}'
        f'<a class="button" href="{escape(href)}">A link to these settings</a></div>'
        f"<p class='note'>The same numbers on the command line: <code>trustsim run {escape(file)} --replicates "
        f"{settings.replicates}</code></p></section>"
    )


def _problems(problems: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(each)}</li>" for each in problems)
    return f'<div class="problems" role="alert"><p>Not all of the link could be used:</p><ul>{rows}</ul></div>'


def _made_for(place: Place, settings: Settings) -> str:
    """For which settings a part of the page was made, as an attribute that tests and benchmarks wait for."""
    return f' data-settings="{escape(settings_to_text(settings, place.opening))}"'


def _picture(name: str, compared: Comparison, **options: Any) -> str:
    reason = reason_unavailable_against_baseline(name, compared)
    if reason is not None:
        return f'<p class="note">{escape(_called(name).capitalize())}: {escape(reason)}</p>'
    drawn, svg = draw(AGAINST_BASELINE[name], compared, **options)
    above = _headline(drawn, compared) if name == _GAP else ""
    return above + _with_behind(drawn, svg, _called(name), named=not above)


def _with_behind(chart: Chart, svg: str, called: str, *, named: bool = True) -> str:
    """A picture, and under it what opens on demand: its words, its data and both as files."""
    behind = mo.accordion({f"Words, data and files of {called}": lambda: _behind(chart, svg)}, lazy=True)
    return f"{figure_html(chart, svg, named=named)}<div class='behind'>{behind}</div>"


def _behind(chart: Chart, svg: str) -> Any:
    """What stands behind a picture: its words, the picture and its data as files, and the data as a table."""
    picture = mo.download(
        svg.encode(), filename=f"{chart.name}.svg", mimetype="image/svg+xml", label="Save the picture (SVG)"
    )
    data = mo.download(data_file(chart), filename=f"{chart.name}.csv", mimetype="text/csv", label="Save the data (CSV)")
    return mo.Html(
        f'<div style="color:#0b0c0c;font-size:1rem"><p><strong>In words.</strong> {escape(chart.alt)}</p>'
        f'<div style="display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0">{picture}{data}</div></div>'
        f"{table_html(chart.data, chart.headline)}"
    )


def _headline(gap: Chart, compared: Comparison) -> str:
    """What the room reads first: the gap's headline, and how sure that is."""
    told, sure = gap.headline, certainty_words(compared)
    if not sure:
        middle = float(np.median(compared.cases[0].gaps))
        told, sure = (
            f"As it stands {pounds(middle)} is left",
            "Nothing that is set makes a difference to it: move a lever.",
        )
    return f'<div class="headline" aria-live="polite"><h2>{escape(told)}</h2><p>{escape(sure)}</p></div>'


def _called(name: str) -> str:
    """A chart's name as people say it."""
    return {
        _GAP: "the gap",
        "question_mix_against_baseline": "the questions that are asked",
        _TRUST: "the trust map",
        "who_wins_against_baseline": "who wins and who loses",
        "plan_against_delivery_against_baseline": "the plan against delivery",
    }[name]
