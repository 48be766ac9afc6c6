"""The record of a batch: the experiment, its designs, the version of the model and the machine."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self, get_args

import pyarrow as pa

from simulation.experiment.schema import SupportingKind
from simulation.results.batch.errors import NoBatchError
from simulation.results.batch.files import write_whole
from simulation.results.batch.tables import to_parquet

MANIFEST = "manifest.json"
DESIGNS = "designs.parquet"
SCENARIOS = "scenarios"


@dataclass(frozen=True, kw_only=True)
class Design:
    """One scenario of a batch.

    Attributes:
        number: Counted from 0 in the order of the experiment.
        variant: Name of the compared scenario that it comes from.
        values: A value for each of the experiment's factors; None where the scenario's own value is kept.
        scenario_hash: Hash of the resolved scenario.
        baseline: Number of the design that it is compared with; None if it is compared with none.
    """

    number: int
    variant: str
    values: tuple[float | int | str | None, ...]
    scenario_hash: str
    baseline: int | None = None


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The record of a batch, `manifest.json`.

    Attributes:
        name: The experiment's name.
        title: Its title.
        question: The question that it answers.
        seed: Random seed.
        replicates: Replicates of each design, as last asked for.
        model: Version of the model; results of two versions are never mixed.
        design: Kind of design, and the number of points to draw.
        factors: Addresses of what is varied.
        choices: Those of them that a board chooses; the others are assumptions.
        variants: Compared scenarios: name, file and hash.
        designs: Number of designs.
        tables: Names of the tables.
        made: The day on which the batch was first run.
        software: Versions of software and libraries, and the platform.
        supporting: Which supporting experiment this is; None for one that a file asks for.
        stretch: In supporting runs of assumptions, the factor by which the ranges of all parameters were stretched.
        paper: Texts for a paper.
        source: The experiment file, as it was named.
    """

    name: str
    title: str
    question: str | None
    seed: int
    replicates: int
    model: str
    design: Mapping[str, Any]
    factors: Sequence[str]
    variants: Sequence[Mapping[str, Any]]
    designs: int
    tables: Sequence[str]
    made: str
    software: Mapping[str, Any] = field(default_factory=dict)
    supporting: SupportingKind | None = None
    stretch: float = 1.0
    choices: Sequence[str] = ()
    paper: Mapping[str, str | Sequence[str] | None] = field(default_factory=dict)
    source: str = ""
    format: int = 1

    def write(self, folder: Path) -> None:
        """Write it to the batch's folder."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        write_whole(folder / MANIFEST, text.encode())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the record in a batch's folder.

        Raises:
            NoBatchError: If there is none.
        """
        path = folder / MANIFEST
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            message = f"{folder} holds no batch: there is no {MANIFEST} in it"
        except (OSError, ValueError, TypeError) as error:
            message = f"{path} cannot be read as the record of a batch: {error}"
        raise NoBatchError(message) from None


def supporting_folders(folder: Path) -> list[Path]:
    """Return the folders of a batch's supporting runs, in the order in which they are run."""
    patterns = [f"{kind}-*" if kind == "stretched" else kind for kind in get_args(SupportingKind)]
    return [each.parent for pattern in patterns for each in sorted(folder.glob(f"{pattern}/{MANIFEST}"))]


def key_of(scenario_hash: str, seed: int, first: int, count: int, model: str) -> str:
    """Return a hash that identifies replicates: of resolved scenario, seed, numbers and version of the model."""
    text = json.dumps([scenario_hash, seed, first, count, model])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def write_designs(folder: Path, designs: Sequence[Design], factors: Sequence[str]) -> None:
    """Write the table of designs: design, scenario, a column for each factor, baseline, scenario_hash."""
    columns: dict[str, Any] = {
        "design": pa.array([design.number for design in designs], pa.int32()),
        "scenario": pa.array([design.variant for design in designs], pa.string()),
    }
    for index, factor in enumerate(factors):
        columns[factor] = _column([design.values[index] for design in designs])
    columns["baseline"] = pa.array([design.baseline for design in designs], pa.int32())
    columns["scenario_hash"] = pa.array([design.scenario_hash for design in designs], pa.string())
    write_whole(folder / DESIGNS, to_parquet(pa.table(columns)))


def _column(values: Sequence[Any]) -> pa.Array:
    """Return the values of one factor as whole numbers, numbers, or else text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int}:
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())
