"""Parts of a scenario that contradict each other.

The checks read plain data as a file gives it (dictionaries, lists, text, numbers) and pass over what the schema will
refuse anyway, so that all mistakes are reported at once.
"""

from collections.abc import Iterator
from typing import Any

from simulation.formatting import first_few
from simulation.limits import MOST_OPPORTUNITIES
from simulation.scenario.alike_names import find_alike_names
from simulation.scenario.contracts import find_contract_contradictions
from simulation.scenario.dates import find_date_contradictions
from simulation.scenario.observed import find_observed_contradictions
from simulation.scenario.problems import Finding
from simulation.scenario.programmes import find_programme_contradictions
from simulation.scenario.raw_data import mapping_of, number_of
from simulation.scenario.realisation import find_realisation_contradictions
from simulation.scenario.references import find_reference_contradictions

_MOST_NAMED = 50
"""How many organisations a message names."""

_FIRST_EDITION = (
    "is now two sections, contracts and programmes; docs/how-to/from-the-first-edition.md says how to convert the file"
)


def find_contradictions(data: Any, *, sampled: bool = False) -> Iterator[Finding]:
    """Find all contradictions in a scenario's data.

    Args:
        data: The scenario as its file would write it; parts that are not well formed are passed over.
        sampled: True if its parameters were drawn: unowned_realisation may then be above owned_realisation, and names
            have been checked before.
    """
    if not isinstance(data, dict):
        return
    if "opportunities" in data:
        yield Finding(("opportunities",), _FIRST_EDITION, at_key=True)
    yield from _check_sizes(data)
    yield from _check_deficit_shares(data)
    if not sampled:
        yield from find_realisation_contradictions(data)
        yield from find_alike_names(data)
    yield from find_programme_contradictions(data)
    yield from find_contract_contradictions(data)
    yield from find_reference_contradictions(data)
    yield from find_date_contradictions(data)
    yield from find_observed_contradictions(data)


def _check_sizes(data: dict[str, Any]) -> Iterator[Finding]:
    organisations = data.get("organisations")
    if isinstance(organisations, dict) and len(organisations) < 2:
        yield Finding(("organisations",), "must name at least two organisations", f"{len(organisations)}")
    count = sum(len(mapping_of(data, section)) for section in ("contracts", "programmes"))
    if count > MOST_OPPORTUNITIES >= max(len(mapping_of(data, each)) for each in ("contracts", "programmes")):
        what = f"contracts and programmes together must be at most {MOST_OPPORTUNITIES:,}"
        yield Finding(("programmes",), what, f"{count:,}")
    if "opportunities" not in data and all(data.get(section, {}) == {} for section in ("programmes", "contracts")):
        yield Finding(("programmes",), "must name at least one programme, unless there is a contract", "0")


def _check_deficit_shares(data: dict[str, Any]) -> Iterator[Finding]:
    entries = {name: entry for name, entry in mapping_of(data, "organisations").items() if isinstance(entry, dict)}
    without = [name for name, entry in entries.items() if "deficit_share" not in entry]
    if without and len(without) < len(entries):
        what = "is missing: give each organisation's part of the gap (0 if it has none), or no part at all"
        yield Finding(
            ("organisations", without[0], "deficit_share"), what, f"missing for {first_few(without, _MOST_NAMED)}"
        )
    if entries and not without:
        shares = [number_of(entry["deficit_share"]) for entry in entries.values()]
        if all(share == 0 for share in shares):
            yield Finding(("organisations",), "the part of the gap (deficit_share) must be above 0 for at least one")
