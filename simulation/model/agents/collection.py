"""Mesa's data collector, filled from the table of columns at the end of each month."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Literal

import mesa

from simulation import columns
from simulation.model.rules.numeric import mean
from simulation.model.system import add_in_order

if TYPE_CHECKING:
    from simulation.model.agents.model import TrustModel
    from simulation.model.agents.organisation import Organisation

Collect = bool | Literal["system"]
"""True to collect the place and its organisations, `"system"` for the place alone, False to collect nothing."""

OF_ORGANISATIONS = ("orientation", "pressure", "position")
"""The columns of the table organisations that are collected, besides trust."""


class MonthlyCollector(mesa.DataCollector):
    """A collector of one row a month, which can be copied and pickled with its model."""

    def collect(self, model: "TrustModel") -> None:
        """Collect the month that has just been simulated."""
        super().collect(model)
        if self.agent_reporters and not hasattr(self, "_collection_steps"):
            # Before 3.5, batch_run counts steps from 0, but agents are collected under the step counted from 1.
            self._agent_records[model.steps - 1] = self._agent_records.pop(model.steps)


def build_collector(collect: Collect, parameters: Iterable[str]) -> MonthlyCollector:
    """Return a collector of the system's columns, and of each organisation's trust, orientation, pressure and position.

    Args:
        collect: True, or `"system"` to leave organisations out.
        parameters: The parameters given to the model by name. `batch_run` writes them into the same rows, so a column
            of the same name is collected as `system_` and its name.

    Raises:
        ValueError: If it is to collect something else.
    """
    if collect is not True and collect != "system":
        message = f'collect must be True, False or "system" (given: {collect!r})'
        raise ValueError(message)
    given = set(parameters)
    of_model = {"month": _month, "seed": _seed, "replicate": _replicate} | {
        f"system_{name}" if name in given else name: partial(_of_system, column=column)
        for name, column in columns.SYSTEM._asdict().items()
    }
    if collect == "system":
        return MonthlyCollector(of_model)
    of_agents = {"month": _month_of, "organisation": _id_of, "trust": _mean_trust} | {
        name: partial(_of_organisation, column=columns.index_of(columns.ORGANISATIONS, name))
        for name in OF_ORGANISATIONS
    }
    return MonthlyCollector(of_model, of_agents)


def _month(model: "TrustModel") -> int:
    return model.month


def _seed(model: "TrustModel") -> int:
    return model.trajectory.seed


def _replicate(model: "TrustModel") -> int:
    return model.trajectory.replicate


def _of_system(model: "TrustModel", column: int) -> float:
    return model.trajectory.system.item(model.month, column)


def _month_of(organisation: "Organisation") -> int:
    return organisation.model.month


def _id_of(organisation: "Organisation") -> str:
    return organisation.id


def _mean_trust(organisation: "Organisation") -> float:
    """Return its mean trust in those that it shares an opportunity with, 0–1; not a number if there are none."""
    trusts = [relationship.trust for relationship in organisation.relationships]
    return mean(add_in_order(trusts), float(len(trusts)))


def _of_organisation(organisation: "Organisation", column: int) -> float:
    model = organisation.model
    return model.trajectory.organisations.item(model.month, organisation.index, column)
