"""The tables that show a scenario in a notebook."""

from collections.abc import Mapping

from simulation.display import html_table
from simulation.formatting import as_written, millions, percent
from simulation.levers import Lever
from simulation.scenario.entries import ContractEntry, OrganisationEntry, ProgrammeEntry, Settings


def organisations_table(
    caption: str, organisations: Mapping[str, OrganisationEntry], deficit_shares: Mapping[str, float]
) -> str:
    """Return the organisations as an HTML table.

    Args:
        caption: The table's caption.
        organisations: Entries by id.
        deficit_shares: Each organisation's share of the gap, 0–1, by id.
    """
    rows = [
        (
            name,
            entry.name or name,
            str(entry.role),
            millions(entry.income),
            percent(deficit_shares[name]),
            millions(entry.efficiency_pool),
        )
        for name, entry in organisations.items()
    ]
    head = ("id", "organisation", "role", "income, £m a year", "share of the gap", "own savings, £m a year")
    return html_table(caption, head, rows, numbers=(3, 4, 5))


def programmes_table(programmes: Mapping[str, ProgrammeEntry]) -> str:
    """Return the programmes, by id, as an HTML table."""
    rows = [
        (
            name,
            entry.title or name,
            millions(entry.paper_value),
            str(len(entry.participants)),
            millions(sum(move.income for move in entry.activity)),
            (entry.domain or "").replace("_", " "),
        )
        for name, entry in programmes.items()
    ]
    head = ("id", "programme", "value, £m a year", "participants", "activity that moves, £m a year", "domain")
    return html_table("What they could do together", head, rows, numbers=(2, 3, 4))


def contracts_table(contracts: Mapping[str, ContractEntry], payments: Mapping[str, str]) -> str:
    """Return the contracts as an HTML table.

    Args:
        contracts: Entries by id.
        payments: How each pays, by id.
    """
    rows = [
        (name, entry.title or name, entry.commissioner, entry.provider, millions(entry.amount), payments[name])
        for name, entry in contracts.items()
    ]
    head = ("id", "contract", "commissioner", "provider", "amount, £m a year", "payment")
    return html_table("Who pays whom", head, rows, numbers=(4,))


def levers_table(levers: Mapping[Lever, Settings], start: str) -> str:
    """Return the settings of the levers in use as an HTML table.

    Args:
        levers: Settings by lever.
        start: The first month, YYYY-MM.
    """
    rows = [
        (
            str(lever),
            lever.label,
            as_written(setting.strength),
            setting.from_ or start,
            str(setting.ramp),
            millions(setting.cost),
        )
        for lever, settings in levers.items()
        for setting in settings
    ]
    head = ("id", "lever", "strength", "from", "months to full", "cost, £m a year")
    return html_table("Levers in use", head, rows, numbers=(2, 4, 5))
