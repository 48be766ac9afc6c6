"""The regulator, which holds each organisation to account for its own budget."""

from typing import TYPE_CHECKING

from simulation.levers import Lever
from simulation.model.rules import account, convene

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.organisation import Organisation


class Regulator:
    """The source of accountability pressure on each organisation."""

    def __init__(self, model: "TrustModel") -> None:
        self.model = model
        self.place_shortfall = 0.0
        """The place's shortfall against plan at the end of last month, in tenths of income."""

    def pressure_on(self, organisation: "Organisation") -> float:
        """Return this month's accountability pressure on one organisation, in units of value per participant."""
        calendar, parameters = self.model.calendar, self.model.parameters
        return convene.accountability_pressure(
            parameters.accountability_pressure,
            parameters.grip_response,
            organisation.shortfall,
            self.place_shortfall,
            organisation.shared_accountability,
            parameters.instruction_effect,
            organisation.order_felt,
            calendar.grip_shock[organisation.index],
            parameters.acknowledgement_effect,
            calendar.strength(Lever.REGULATOR_ACKNOWLEDGEMENT, organisation.index),
        )

    def review(self, gap: float) -> None:
        """Compare the place's gap with its plan at the end of a month."""
        self.place_shortfall = account.shortfall(gap, self.model.calendar.plan, self.model.system.place_income)
