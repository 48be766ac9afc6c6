"""The month in strict C, built on the spot and called through ctypes: the limit for the compiled engine.

Draws, arithmetic and the order of sums are the compiled engine's, so that results are the same to the bit.
"""

import ctypes
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation import columns
from simulation.levers import Lever
from simulation.model.schedule import Schedule
from simulation.model.system import System
from simulation.parameters import Parameters
from simulation.results.financial_year import financial_years

SOURCE = Path(__file__).with_name("month.c")
FLAGS = (
    "-std=c11", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math",
    "-shared", "-fPIC",
)  # fmt: skip

SIZES = ("months", "organisations", "relationships", "opportunities", "memberships", "years")
INPUTS = (
    "assumed", "place_income", "income", "net_income", "income_share", "deficit_share", "efficiency_pool",
    "opening_orientation", "lead_capacity", "programmes", "organisation_subject", "trusting", "trusted", "baseline",
    "is_programme", "opens", "value", "amount", "benefit", "reach", "milestones", "instalment", "largest_net_income",
    "opportunity_subject", "first_membership", "member", "set_up_share", "skill", "stance_subject", "first_pair",
    "towards", "first_onlooker", "onlooker", "share", "gains", "losses", "do_nothing", "plan", "lever_cost",
    "grip_shock", "first_breach", "breach_organisation", "breach_size", "leader_leaves", "fixed_stance", "year",
    *map(str, Lever),
)  # fmt: skip
TABLES = ("system", "outturns", "agreements", "memberships")
AS_THEY_ARE = (
    "place_income", "income", "net_income", "income_share", "deficit_share", "efficiency_pool", "opening_orientation",
    "lead_capacity", "organisation_subject", "trusting", "trusted", "baseline", "is_programme", "opens", "value",
    "amount", "benefit", "reach", "milestones", "largest_net_income", "opportunity_subject", "first_membership",
    "member", "set_up_share", "skill", "stance_subject",
)  # fmt: skip
WHOLE = {
    "trusting", "trusted", "is_programme", "opens", "first_membership", "member", "first_pair",
    "towards", "first_onlooker", "onlooker", "first_breach", "breach_organisation", "leader_leaves", "fixed_stance",
    "year",
}  # fmt: skip
SUBJECTS = {"organisation_subject", "opportunity_subject", "stance_subject"}

Array = NDArray[Any]


class CPlace(ctypes.Structure):
    """The `place` of month.c: sizes, then where each array begins."""

    _fields_ = (
        *((f"number_of_{name}", ctypes.c_int64) for name in SIZES),
        *((f"input_{name}", ctypes.c_void_p) for name in INPUTS),
        *((f"table_{name}", ctypes.c_void_p) for name in TABLES),
    )


def has_compiler() -> bool:
    """Return true if there is a gcc to build it with."""
    return shutil.which("gcc") is not None


def run_strict_c(system: System, replicates: int, seed: int) -> dict[str, Array]:
    """Run replicates 0 to `replicates` − 1 in one thread.

    Args:
        system: The place.
        replicates: How many, 1 or more.
        seed: Random seed.

    Returns:
        The tables system, outturns, agreements and memberships of `Ensemble`, first axis the replicate.

    Raises:
        MemoryError: If there is no room for one block.
    """
    inputs, tables = _inputs(system), _tables(system, replicates)
    sizes = (system.months, len(system.income), len(system.baseline), len(system.value), len(system.member))
    addresses = [array.ctypes.data for array in (*inputs, *tables.values())]
    place = CPlace(*sizes, tables["outturns"].shape[1], *addresses)
    if _library().simulate(ctypes.byref(place), ctypes.c_uint64(seed), ctypes.c_int64(replicates)):
        raise MemoryError
    return tables


@cache
def _library() -> ctypes.CDLL:
    """Compile month.c in a temporary folder and load it."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "month.so"
        subprocess.run(["gcc", *FLAGS, *_indices(), "-o", str(built), str(SOURCE), "-lm"], check=True)
        library = ctypes.CDLL(str(built))
    library.simulate.restype = ctypes.c_int
    return library


def _indices() -> list[str]:
    """Return definitions of the index of each column and lever, of how many there are, and of the parameters."""
    tables = (columns.SYSTEM, columns.AGREEMENTS, columns.MEMBERSHIPS)
    found = {f"{type(each).__name__.upper()}_COLUMNS": len(each) for each in tables}
    for each in tables:
        found |= {f"{type(each).__name__.upper()}_{name}": index for name, index in each._asdict().items()}
    found |= {f"LEVER_{lever}": index for index, lever in enumerate(Lever)} | {"LEVERS": len(Lever)}
    return [f"-DPARAMETERS={','.join(Parameters._fields)}", *(f"-D{name}={index}" for name, index in found.items())]


def _tables(system: System, replicates: int) -> dict[str, Array]:
    years, opportunities, members = len(financial_years(system.axes.months)), len(system.value), len(system.member)
    return {
        "system": np.empty((replicates, system.months, len(columns.SYSTEM))),
        "outturns": np.empty((replicates, years, len(system.income))),
        "agreements": np.empty((replicates, opportunities, len(columns.AGREEMENTS))),
        "memberships": np.empty((replicates, members, len(columns.MEMBERSHIPS)), np.uint16),
    }


def _inputs(system: System) -> list[Array]:
    """Every array of INPUTS, in its order and of the type that C expects."""
    years = financial_years(system.axes.months)
    in_programme = np.repeat(system.is_programme, np.diff(system.first_membership))
    given = {
        "assumed": system.parameters,
        "programmes": np.bincount(system.member[in_programme], minlength=len(system.income)),
        "instalment": system.set_up_cost / system.milestones,
        "year": np.repeat(np.arange(len(years)), [year.until - year.first for year in years]),
        **{name: getattr(system, name) for name in AS_THEY_ARE},
        **_meetings(system),
        **_calendar(system.schedule),
    }
    return [np.ascontiguousarray(given[name], _type_of(name)) for name in INPUTS]


def _type_of(name: str) -> type:
    if name in SUBJECTS:
        return np.uint64
    return np.int64 if name in WHOLE else np.float64


def _meetings(system: System) -> dict[str, Any]:
    """Who meets whom: for each membership the relationships to the others; for each opportunity those who look on."""
    ends = list(zip(system.trusting.tolist(), system.trusted.tolist(), strict=True))
    relationship = {pair: position for position, pair in enumerate(ends)}
    towards: list[int] = []
    onlooker: list[int] = []
    first_pair, first_onlooker = [0], [0]
    members = system.member.tolist()
    for first, until in pairwise(system.first_membership.tolist()):
        inside = members[first:until]
        for mine in inside:
            towards += [relationship[mine, other] for other in inside if other != mine]
            first_pair.append(len(towards))
        onlooker += [r for r, (of, trusted) in enumerate(ends) if trusted in inside and of not in inside]
        first_onlooker.append(len(onlooker))
    return {
        "first_pair": first_pair,
        "towards": towards,
        "first_onlooker": first_onlooker,
        "onlooker": onlooker,
    }


def _calendar(schedule: Schedule) -> dict[str, Any]:
    return {
        **schedule.shares._asdict(),
        "do_nothing": schedule.do_nothing,
        "plan": schedule.plan,
        "lever_cost": schedule.lever_cost,
        "grip_shock": schedule.grip_shock,
        "first_breach": np.cumsum([0, *map(len, schedule.breaches)]),
        "breach_organisation": [organisation for month in schedule.breaches for organisation, _ in month],
        "breach_size": [size for month in schedule.breaches for _, size in month],
        "leader_leaves": schedule.leader_leaves,
        "fixed_stance": schedule.fixed_stance,
        **{str(lever): strength for lever, strength in schedule.strength.items()},
    }
