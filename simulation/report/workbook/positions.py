"""The sheets on organisations' money: their position by financial year, and its change against the baseline."""

from collections.abc import Iterator, Sequence

from simulation.analysis.compare import has_only_choices
from simulation.analysis.finance_frames import outturns_to_pandas
from simulation.analysis.organisation_changes import WHOLE_RUN, OrganisationChange, organisation_changes
from simulation.analysis.organisations_positions import organisations_positions, positions_to_pandas
from simulation.formatting import discount_words
from simulation.report.workbook.headings import after_colon, heading_of
from simulation.report.workbook.names import Names
from simulation.report.workbook.sheet import Cell, Column, Format, Sheet, table_of
from simulation.results.comparison import Comparison

_CHANGED = (
    "mean", "half_width_95", "median", "low_90", "high_90", "loses_in", "of",
    "varied_median", "varied_low_90", "varied_high_90", "varied_loses_in", "varied_of",
)  # fmt: skip


def position_sheets(comparison: Comparison, names: Names, rests: str) -> Iterator[Sheet]:
    """Yield the sheets on organisations' positions, as far as the tables for them were kept.

    Args:
        comparison: The results.
        names: The words for ids.
        rests: What the numbers rest on.
    """
    if not comparison.studies or not has_only_choices(comparison):
        return
    changes = organisation_changes(comparison)
    yield _change_by_year(comparison, changes, rests) if changes else _against_plan(comparison, names, rests)
    yield _positions(comparison, changes, rests)


def _change_by_year(comparison: Comparison, changes: tuple[OrganisationChange, ...], rests: str) -> Sheet:
    """Return a row for each scenario and organisation, with a mean and its interval for each year."""
    by_row: dict[tuple[str, str, str, str], dict[str, OrganisationChange]] = {}
    for each in changes:
        by_row.setdefault((each.scenario, each.baseline, each.name, each.organisation), {})[each.period] = each
    years = list(dict.fromkeys(each.period for each in changes if each.period != WHOLE_RUN))
    has_varied = any(each.varied for each in changes)
    return Sheet(
        name="Change by year",
        title="Change in each organisation’s position, by financial year",
        holds=(
            f"£m, {discount_words(comparison.discount)}, costs of levers and set-up included; below 0 it is worse off. "
            f"Against {_baselines(changes)}, with the same random events."
        ),
        rests=rests,
        columns=tuple(_columns_by_year(changes, years, has_varied=has_varied)),
        rows=[
            (
                scenario,
                name,
                *(cell for year in years for cell in _mean_of(found.get(year))),
                *_change_numbers(found.get(WHOLE_RUN))[: None if has_varied else -5],
                str(found[WHOLE_RUN].effect) if WHOLE_RUN in found else None,
                baseline,
                organisation,
            )
            for (scenario, baseline, name, organisation), found in by_row.items()
        ],
        frozen=2,
    )


def _columns_by_year(
    changes: tuple[OrganisationChange, ...], years: Sequence[str], *, has_varied: bool
) -> Iterator[Column]:
    part = {each.period: " (part)" if each.is_part else "" for each in changes}
    yield from (Column("Scenario"), Column("Organisation"))
    for year in years:
        yield Column(f"{year}{part[year]}: mean", Format.MONEY)
        yield Column(f"{year}: ± half the 95% interval", Format.MONEY)
    for name in _CHANGED[: None if has_varied else -5]:
        yield Column(f"Whole run: {after_colon(name)}", _format(name))
    yield from (Column("Gains or pays (by the 95% interval)"), Column("Against"), Column("Organisation, id"))


def _baselines(changes: tuple[OrganisationChange, ...]) -> str:
    return " or ".join(dict.fromkeys(f"“{each.baseline}”" for each in changes))


def _mean_of(change: OrganisationChange | None) -> tuple[Cell, Cell]:
    return (None, None) if change is None else (change.precision.mean, change.precision.half_width)


def _change_numbers(change: OrganisationChange | None) -> tuple[Cell, ...]:
    """Return the numbers of a change: with interval and band by chance, and allowing for uncertain assumptions.

    Args:
        change: The change; None if it is not known.
    """
    if change is None:
        return (None,) * len(_CHANGED)
    precision, band, wide = change.precision, change.band, change.varied
    chance = (precision.mean, precision.half_width, band.median, band.low_90, band.high_90)
    known = (None,) * 5
    varied = (
        known if wide is None else (wide.median, wide.low_90, wide.high_90, change.varied_loses_in, change.varied_of)
    )
    return (*chance, change.loses_in, precision.replicates, *varied)


def _against_plan(comparison: Comparison, names: Names, rests: str) -> Sheet:
    """Return the organisations against their own plans, where there is no scenario to compare with."""
    import pandas as pd

    frames = [
        positions_to_pandas(organisations_positions(study.ensemble, discount=study.discount)).assign(scenario=label)
        for label, study in comparison.studies.items()
    ]
    frame = pd.concat(frames, ignore_index=True)
    columns, rows = table_of(frame[["scenario", *(name for name in frame if name != "scenario")]], names)
    return Sheet(
        name="Against plan",
        title="Each organisation’s position against its own plan",
        holds=(
            f"£m over the whole run, {discount_words(comparison.discount)}; below 0 it is worse off. No scenario of "
            "these results can be compared with no joint action."
        ),
        rests=rests,
        columns=columns,
        rows=rows,
        frozen=3,
    )


def _positions(comparison: Comparison, changes: tuple[OrganisationChange, ...], rests: str) -> Sheet:
    """Return a row for each scenario, organisation and period: its position, and the change against the baseline."""
    by_key = {(each.scenario, each.organisation, each.period): each for each in changes}
    frame = outturns_to_pandas(comparison)
    named = ("scenario", "name", "organisation", "period", "part")
    numbers = ("mean", "half_width_95", "median", "low_50", "high_50", "low_90", "high_90")
    kept = frame[[*named, *numbers]]
    columns = [Column(heading_of(name, is_code=name == "organisation")) for name in named]
    columns += [Column(f"Position: {after_colon(name)}", Format.MONEY) for name in numbers]
    rows = [(*row[:4], "yes" if row[4] else "no", *row[5:]) for row in kept.itertuples(index=False, name=None)]
    if changes:
        columns.append(Column("Change against"))
        columns += [Column(f"Change: {after_colon(name)}", _format(name)) for name in _CHANGED]
        rows = [(*row, *_change_cells(by_key.get((row[0], row[2], row[3])))) for row in rows]
    return Sheet(
        name="Position",
        title="Position of each organisation by financial year",
        holds=(
            f"Surplus or deficit (below 0), £m, {discount_words(comparison.discount)}, costs of levers and set-up "
            f"included{_and_change(changes)}."
        ),
        rests=rests,
        columns=tuple(columns),
        rows=rows,
        frozen=2,
    )


def _and_change(changes: tuple[OrganisationChange, ...]) -> str:
    return f"; and its change against {_baselines(changes)} with the same random events" if changes else ""


def _change_cells(change: OrganisationChange | None) -> tuple[Cell, ...]:
    return (None if change is None else change.baseline, *_change_numbers(change))


def _format(name: str) -> Format:
    return Format.WHOLE if name.endswith(("loses_in", "of")) else Format.MONEY
