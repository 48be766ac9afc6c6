"""Show a replicate and its organisations in a notebook."""

from collections.abc import Callable
from math import nan
from typing import TYPE_CHECKING

from simulation.display import Markup, html_table, sparkline
from simulation.formatting import millions, percent, two_decimals
from simulation.scenario.months import month_names

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.opportunity import Membership
    from simulation.model.agents.organisation import Organisation

_QUESTIONS = ("my organisation", "our population")


def model_to_text(model: "TrustModel") -> str:
    """Return a replicate in one line."""
    replicate = model.trajectory
    return f"<TrustModel “{model.place.title}”: {_when(model)}, seed {replicate.seed}, replicate {replicate.replicate}>"


def model_to_html(model: "TrustModel") -> str:
    """Return the organisations at this month, and the gap and trust so far."""
    rows = [
        (
            each.name,
            str(each.role),
            two_decimals(each.orientation),
            two_decimals(each.pressure),
            two_decimals(_mean_trust(each)),
            millions(each.month_position),
        )
        for each in model.organisations
    ]
    head = ("organisation", "role", "orientation", "pressure", "its trust in others", "this month, £m")
    table = html_table(model_to_text(model).strip("<>"), head, rows, numbers=(2, 3, 4, 5))
    return table + _so_far(model, "gap", "gap, £m a year", millions) + _so_far(model, "trust", "trust", two_decimals)


def organisation_to_html(organisation: "Organisation") -> str:
    """Return its stances this month with the chance of each, and its trust in each of the others."""
    asked = [
        (
            each.opportunity.id,
            type(each.opportunity).__name__.lower(),
            two_decimals(each.share),
            two_decimals(organisation.reciprocity_in(each)),
            two_decimals(organisation.advantage_for(each)),
            percent(organisation.population_first_chance(each)),
            _question(each),
        )
        for each in organisation.memberships
    ]
    trusts = [(each.trusted.name, two_decimals(each.trust)) for each in organisation.relationships]
    caption = (
        f"{organisation.name}: orientation {two_decimals(organisation.orientation)}, "
        f"pressure {two_decimals(organisation.pressure)}, shortfall {two_decimals(organisation.shortfall)}"
    )
    head = (
        "opportunity",
        "kind",
        "share",
        "expected reciprocity",
        "advantage",
        "chance of “our population”",
        "asked last",
    )
    return html_table(caption, head, asked, numbers=(2, 3, 4, 5)) + html_table(
        "Its trust in", ("organisation", "trust"), trusts, numbers=(1,)
    )


def _question(membership: "Membership") -> str:
    if not membership.opportunity.is_active:
        return "not on the table"
    return _QUESTIONS[membership.stance] if membership.has_asked else "not yet"


def _so_far(model: "TrustModel", column: str, words: str, show: Callable[[float], str]) -> Markup:
    values = model.trajectory[column][: model.month].tolist()
    if not values:
        return Markup("")
    first, last = show(values[0]), show(values[-1])
    return Markup(f"<p>{words}: {first} {sparkline(values, f'{words} from {first} to {last}')} {last}</p>")


def _mean_trust(organisation: "Organisation") -> float:
    trusts = [each.trust for each in organisation.relationships]
    return sum(trusts) / len(trusts) if trusts else nan


def _when(model: "TrustModel") -> str:
    months = month_names(model.place.start, model.place.months)
    return f"before {months[model.month]}" if model.month < len(months) else f"ended with {months[-1]}"
