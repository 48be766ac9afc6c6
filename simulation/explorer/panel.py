"""The left side of the page: every control, and how its values become settings."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import marimo as mo

from simulation.charts.text.words import lever_words
from simulation.explorer.place import Place
from simulation.explorer.settings import REPLICATES, Settings, Use, Value, can_be_held_against, months_of
from simulation.explorer.words import FIRST, parameter_note
from simulation.formatting import month_words
from simulation.levers import Lever
from simulation.parameters import TABLE, Parameter
from simulation.vocabulary import TrustRule

_NOBODY = "nobody"
_STEPS = 40
_HELD_AGAINST = {"the place as its file has it": "file", "the same assumptions, no lever moved": "assumptions"}


def controls(place: Place, settings: Settings) -> Any:
    """All controls as one element whose value is a dictionary; `controls_html` lays them out.

    Args:
        place: What is explored.
        settings: Where they stand at first.
    """
    elements: dict[str, Any] = {}
    months = {month_words(month): month for month in months_of(place.scenario)}
    for lever, use in settings.levers:
        elements |= _lever(lever, use, months)
    parameters = dict(settings.parameters)
    for row in TABLE:
        elements[row.name] = _parameter(row, parameters[row.name])
    names = _who_may_never_move(place)
    chosen = next(name for name, who in names.items() if who == (settings.never_moves or ""))
    elements["never_moves"] = mo.ui.dropdown(names, value=chosen, label="Who never moves", full_width=True)
    elements["replicates"] = mo.ui.dropdown(
        {f"{count:,}": count for count in REPLICATES}, value=f"{settings.replicates:,}", label="Simulated runs of each"
    )
    against = next(words for words, told in _HELD_AGAINST.items() if told == settings.held_against)
    elements["held_against"] = mo.ui.radio(_HELD_AGAINST, value=against, label="Held against")
    return mo.ui.dictionary(elements)


def settings_of(values: Mapping[str, Any], opening: Settings) -> Settings:
    """What the controls say.

    Args:
        values: The value of `controls`.
        opening: As the file has it; a control that says the same leaves the file's settings as they are.
    """
    levers = tuple((lever, _use(values, lever, use)) for lever, use in opening.levers)
    return Settings(
        levers=levers,
        parameters=tuple((name, _as_value(values[name], value)) for name, value in opening.parameters),
        never_moves=str(values["never_moves"]) if values["never_moves"] else None,
        replicates=int(values["replicates"] or opening.replicates),
        held_against=can_be_held_against(str(values["held_against"])) or opening.held_against,
    )


def _who_may_never_move(place: Place) -> dict[str, str]:
    """From what is read to an organisation's id, none for nobody; the id is read too where two have one name."""
    organisations = sorted(place.scenario.organisations.items())
    names = [entry.name or who for who, entry in organisations]
    return {_NOBODY: ""} | {
        name if names.count(name) == 1 and name != _NOBODY else f"{name} ({who})": who
        for name, (who, _) in zip(names, organisations, strict=True)
    }


def _use(values: Mapping[str, Any], lever: Lever, opening: Use) -> Use:
    """A lever at no strength is used from no month: moving the month alone changes nothing."""
    strength, month = float(values[str(lever)]), str(values[f"{lever}_from"] or opening.month)
    return opening if strength == opening.strength == 0.0 else Use(strength, month)


def _as_value(told: Any, opening: Value) -> Value:
    return str(told or opening) if isinstance(opening, str) else float(told)


def _lever(lever: Lever, use: Use, months: Mapping[str, str]) -> dict[str, Any]:
    words = lever_words(lever)
    month = next(name for name, told in months.items() if told == use.month)
    return {
        str(lever): mo.ui.slider(
            steps=_steps(0.0, 1.0, 20, use.strength), value=use.strength, label=words, show_value=True, full_width=True
        ),
        f"{lever}_from": mo.ui.dropdown(dict(months), value=month, label="from"),
    }


def _parameter(row: Parameter, value: Value) -> Any:
    if isinstance(value, str):
        return mo.ui.radio([str(rule) for rule in TrustRule], value=value, label=row.label, inline=True)
    steps = _steps(row.low, row.high, int(row.high - row.low) if row.whole else _STEPS, value)
    return mo.ui.slider(steps=steps, value=value, label=row.label, show_value=True, full_width=True)


def _steps(low: float, high: float, count: int, value: float) -> list[float]:
    """Even steps, and among them where the file stands, to the last digit."""
    return sorted({round(low + (high - low) * step / count, 6) for step in range(count + 1)} | {float(value)})


def controls_html(elements: Any) -> str:
    """The controls under their headings, each with what it does or means.

    Args:
        elements: What `controls` makes.
    """
    levers = "".join(
        f'<div class="lever" role="group" aria-label="{lever_words(lever)}">'
        f"{elements[str(lever)]}{elements[f'{lever}_from']}"
        f'<p class="note">{escape(lever.does)}</p></div>'
        for lever in Lever
    )
    others = [row.name for row in TABLE if row.name not in FIRST]
    return (
        f'<h2>Levers</h2><p class="note">0 is not at all, 1 is in full.</p>{levers}'
        f"<h2>Assumptions</h2>{_assumptions(elements, FIRST)}{elements['never_moves']}"
        "<details><summary>More assumptions, with what stands behind them</summary>"
        f"{_assumptions(elements, others)}</details>"
        f"<h2>How it is shown</h2>{elements['held_against']}{elements['replicates']}"
    )


def _assumptions(elements: Any, names: Iterable[str]) -> str:
    return "".join(
        f'<div class="assumption">{elements[name]}<p class="note">{escape(parameter_note(name))}</p></div>'
        for name in names
    )
