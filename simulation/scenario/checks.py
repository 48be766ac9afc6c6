"""Parts of a scenario that contradict each other.

The checks read plain data as a file gives it (dictionaries, lists, text, numbers) and pass over what the schema will
refuse anyway, so that all mistakes are reported at once.
"""

from collections.abc import Iterator
from typing import Any

from simulation.scenario.dates import find_date_contradictions
from simulation.scenario.problems import Finding, Path
from simulation.scenario.raw_data import mapping_of, number_of
from simulation.scenario.references import find_reference_contradictions

_TOLERANCE = 0.001
_LARGEST_SHARE = 10


def find_contradictions(data: Any) -> Iterator[Finding]:
    """Find all contradictions in a scenario's data.

    Args:
        data: The scenario as its file would write it; parts that are not well formed are passed over.
    """
    if not isinstance(data, dict):
        return
    yield from _check_sizes(data)
    yield from _check_deficit_shares(data)
    yield from _check_sums(data)
    yield from find_reference_contradictions(data)
    yield from find_date_contradictions(data)


def _check_sizes(data: dict[str, Any]) -> Iterator[Finding]:
    organisations, opportunities = data.get("organisations"), data.get("opportunities")
    if isinstance(organisations, dict) and len(organisations) < 2:
        yield Finding(("organisations",), "must name at least two organisations", f"{len(organisations)}")
    if isinstance(opportunities, dict) and not opportunities:
        yield Finding(("opportunities",), "must name at least one opportunity", "0")


def _check_deficit_shares(data: dict[str, Any]) -> Iterator[Finding]:
    entries = {name: entry for name, entry in mapping_of(data, "organisations").items() if isinstance(entry, dict)}
    without = [name for name, entry in entries.items() if "deficit_share" not in entry]
    if without and len(without) < len(entries):
        what = "is missing: give deficit_share for all organisations or for none"
        yield Finding(("organisations", without[0], "deficit_share"), what, f"missing for {', '.join(without)}")
    if entries and not without:
        shares = [number_of(entry["deficit_share"]) for entry in entries.values()]
        if all(share == 0 for share in shares):
            yield Finding(("organisations",), "deficit_share must be above 0 for at least one organisation")


def _check_sums(data: dict[str, Any]) -> Iterator[Finding]:
    for name in mapping_of(data, "opportunities"):
        path: Path = ("opportunities", name, "shares")
        numbers = [number_of(share) for share in mapping_of(data, *path).values()]
        known = [number for number in numbers if number is not None and abs(number) <= _LARGEST_SHARE]
        if known and len(known) == len(numbers) and abs(sum(known) - 1) > _TOLERANCE:
            yield Finding(path, "shares must add up to 1", f"they add up to {round(sum(known), 6):g}")
