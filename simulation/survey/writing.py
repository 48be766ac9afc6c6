"""A scenario file that extends a place with the opening and the observed trust of a survey."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulation.formatting import counted, month_words
from simulation.scenario.writing import data_to_yaml, scenario_data
from simulation.survey.results import MonthOfTrust, SurveyOfTrust
from simulation.survey.suppression import FEWEST, Group, Interval
from simulation.vocabulary import EvidenceStatus

_BEFORE = """\
# Trust from a survey of {months}. Each number has its 95% confidence interval as low and high.
# What fewer than {fewest} people said about an organisation is pooled and never shown alone.
"""


def survey_to_yaml(survey: SurveyOfTrust, place: str, out: str, schema: str = "") -> str:
    """Return the text of a scenario file that extends a place with the trust of a survey.

    Args:
        survey: The survey; it has an opening month.
        place: Path of the place's file.
        out: Path of the file that the text is for, from which the place's is written.
        schema: A first line that gives editors the schema; none if empty.
    """
    reference = Path(os.path.relpath(place, Path(out).parent)).as_posix()
    months = ", ".join(month_words(each.month) for each in survey.months if each.groups)
    before = _BEFORE.format(months=months, fewest=FEWEST)
    return schema + before + data_to_yaml({"extends": reference, **trust_data(survey)})


def trust_data(survey: SurveyOfTrust) -> dict[str, Any]:
    """Return what differs from the place: its title, opening trust and trust as observed.

    Other opening trust of the place, and what was observed of it before, is kept.

    Args:
        survey: The survey; it has an opening month.
    """
    written = scenario_data(survey.place)
    overrides = {(each["of"], each["in"]): each for each in written.get("relationships", {}).get("overrides", ())}
    if survey.opening is not None:
        overrides |= {(each["of"], each["in"]): each for each in _overrides(survey.opening)}
    observed = {
        (each.get("of", ""), each.get("in", "")): dict(each["by_month"])
        for each in written.get("observed", {}).get("trust", ())
    }
    for month in survey.months:
        for pair, figure in _observed(month, survey.relationships):
            observed.setdefault(pair, {})[month.month] = figure
    return {
        "title": f"{survey.place.title}, with trust from a survey",
        "relationships": {"overrides": [overrides[pair] for pair in sorted(overrides)]},
        "observed": {"trust": [_entry(*pair, observed[pair]) for pair in sorted(observed)]},
    }


def _entry(of: str, trusted: str, by_month: dict[str, Any]) -> dict[str, Any]:
    pair = {"of": of, "in": trusted} if of else {}
    return {**pair, "by_month": {month: by_month[month] for month in sorted(by_month)}}


def _overrides(month: MonthOfTrust) -> Iterator[dict[str, Any]]:
    for group, interval in month.groups:
        for of, trusted in group.pairs:
            status = EvidenceStatus.DERIVED if group.pooled_by else EvidenceStatus.SOURCED
            figure = _figure(interval, _source_of(group, month.month), status)
            yield {"of": of, "in": trusted, "trust": figure}


def _observed(month: MonthOfTrust, relationships: int) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Yield the trust of each pair that is shown alone, and the mean of the place."""
    for group, interval in month.groups:
        if not group.pooled_by:
            yield group.pairs[0], _figure(interval, _source_of(group, month.month))
    if month.mean is not None:
        source = (
            f"survey of {month_words(month.month)}, {counted(month.respondents, 'respondent')}, "
            f"{month.relationships} of {relationships} relationships"
        )
        yield ("", ""), _figure(month.mean, source)


def _figure(interval: Interval, source: str, status: EvidenceStatus = EvidenceStatus.SOURCED) -> dict[str, Any]:
    value, low, high = interval
    return {"value": value, "low": low, "high": high, "source": source, "status": str(status)}


def _source_of(group: Group, month: str) -> str:
    said = f"survey of {month_words(month)}, {counted(group.respondents, 'respondent')}"
    if not group.pooled_by:
        return said
    over = counted(len(group.pairs), "relationship")
    return f"{said}, pooled over {over} ({group.pooled_by}): fewer than {FEWEST} about each"
