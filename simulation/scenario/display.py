"""How a scenario shows itself in a notebook."""

from simulation.display import html_table, number_words
from simulation.scenario.deficit import deficit_shares
from simulation.scenario.months import month_names
from simulation.scenario.schema import Scenario


def scenario_to_text(scenario: Scenario) -> str:
    """A scenario in one line."""
    return (
        f"<Scenario “{scenario.title}”: {len(scenario.organisations)} organisations, "
        f"{len(scenario.opportunities)} opportunities, {scenario.months} months from {scenario.start}>"
    )


def scenario_to_html(scenario: Scenario) -> str:
    """Its organisations, opportunities and levers as small tables."""
    levers = [_levers(scenario)] if scenario.levers else []
    return "\n".join([_organisations(scenario), _opportunities(scenario), *levers])


def _organisations(scenario: Scenario) -> str:
    months = month_names(scenario.start, scenario.months)
    gap = " to ".join(f"£{number_words(amount, 0)}m" for _, amount in sorted(scenario.do_nothing.items()))
    caption = (
        f"{scenario.title}: {months[0]} to {months[-1]}, {scenario.population:,} people, "
        f"gap if nothing is done {gap} a year"
    )
    parts = deficit_shares(scenario)
    rows = [
        (
            entry.name or name,
            str(entry.role),
            number_words(entry.income, 0),
            f"{100 * parts[name]:.0f}%",
            number_words(entry.efficiency_pool, 1),
        )
        for name, entry in scenario.organisations.items()
    ]
    head = ("organisation", "role", "income, £m a year", "of the gap", "own savings, £m a year")
    return html_table(caption, head, rows, numbers=(2, 3, 4))


def _opportunities(scenario: Scenario) -> str:
    rows = [
        (
            entry.title or name,
            str(entry.kind),
            number_words(entry.value, 1),
            str(len(entry.shares)),
            entry.domain.replace("_", " "),
        )
        for name, entry in scenario.opportunities.items()
    ]
    head = ("opportunity", "kind", "value, £m a year", "participants", "domain")
    return html_table("What they could do together", head, rows, numbers=(2, 3))


def _levers(scenario: Scenario) -> str:
    rows = [
        (
            str(lever).replace("_", " "),
            number_words(setting.strength),
            setting.from_ or scenario.start,
            str(setting.ramp),
            number_words(setting.cost, 1),
        )
        for lever, settings in scenario.levers.items()
        for setting in settings
    ]
    head = ("lever", "strength", "from", "months to full", "cost, £m a year")
    return html_table("Levers in use", head, rows, numbers=(1, 3, 4))
