"""The record of a batch: the experiment, its designs, the version of the model and the machine."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self, get_args

import pyarrow as pa
from pydantic import AfterValidator, Field

from simulation.experiment.entries import DesignKind
from simulation.experiment.schema import SENSITIVITY, SupportingKind
from simulation.results.batch.errors import DamagedResultsError, NoBatchError
from simulation.results.batch.files import write_whole
from simulation.results.batch.tables import TABLES, to_parquet
from simulation.results.integrity import BATCH_AGAIN, FORMAT, MISSING, Damage, Recorded, check_format, in_words
from simulation.results.record_fields import (
    STRICT,
    Day,
    Designs,
    FileDigests,
    Replicates,
    Seed,
    problems_of,
)
from simulation.results.sealed import (
    RecordChangedError,
    RecordError,
    digest_of_record,
    read_sealed_json,
    to_sealed_json,
)

MANIFEST = "manifest.json"
DESIGNS = "designs.parquet"
SCENARIOS = "scenarios"
DIGEST_OF_FILES = "files_digest"
"""The field with the digest of the files' digests: if another field was changed, these still count."""

_TableName = Annotated[str, Field(pattern=f"^({'|'.join(TABLES)})$")]


def _check_variant(variant: Mapping[str, str]) -> Mapping[str, str]:
    """Check that a recorded scenario has its name, hash and file, which is one of the batch's own."""
    if {*variant} != {"name", "file", "hash"}:
        message = "must have a name, a file and a hash"
    elif not re.fullmatch(rf"{SCENARIOS}/[\w.-]+\.yaml", variant["file"]):
        message = f"must have a file in {SCENARIOS}"
    else:
        return variant
    raise ValueError(message)


def _check_design(design: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check that a kind of design is one that there is."""
    points = design.get("points")
    if design.get("kind") not in get_args(DesignKind):
        message = f"must have a kind: {', '.join(get_args(DesignKind))}"
    elif {*design} != {"kind", "points"} or not (points is None or (isinstance(points, int) and points > 0)):
        message = "must have a kind and a number of points"
    else:
        return design
    raise ValueError(message)


@dataclass(frozen=True, kw_only=True)
class Design:
    """One scenario of a batch.

    Attributes:
        number: Counted from 0 in the order of the experiment.
        variant: Name of the compared scenario that it comes from.
        values: A value for each of the experiment's factors; None where the scenario's own value is kept.
        scenario_hash: Hash of the resolved scenario.
        baseline: Number of the design that it is compared with; None if it is compared with none.
        point: The drawn point whose random events it has; None if all designs share theirs.
    """

    number: int
    variant: str
    values: tuple[float | int | str | None, ...]
    scenario_hash: str
    baseline: int | None = None
    point: int | None = None

    @cached_property
    def identity(self) -> str:
        """Its identity, see `identity_of`."""
        return identity_of(self.scenario_hash, self.point)


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
        paper: Texts for a paper, and the cost of a survey, £m.
        source: The experiment file, as it was named.
        supporting_runs: Hash of each scenario of its supporting runs, by their folder and the scenario's name.
        format: Number of the format of the results.
        files: Digest of each file of the results, by its path from the folder; chunks have their own.
        replacing: While files are replaced, the digest that each had before; empty if there was none.
    """

    __pydantic_config__: ClassVar[Any] = STRICT

    name: str
    title: str
    question: str | None
    seed: Seed
    replicates: Replicates
    model: str
    design: Annotated[Mapping[str, Any], AfterValidator(_check_design)]
    factors: Sequence[str]
    variants: Annotated[Sequence[Annotated[Mapping[str, str], AfterValidator(_check_variant)]], Field(min_length=1)]
    designs: Designs
    tables: Annotated[Sequence[_TableName], Field(min_length=1)]
    made: Day
    software: Mapping[str, Any] = field(default_factory=dict)
    supporting: SupportingKind | None = None
    stretch: float = 1.0
    choices: Sequence[str] = ()
    paper: Mapping[str, str | float | Sequence[str] | None] = field(default_factory=dict)
    source: str = ""
    supporting_runs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    format: int = FORMAT
    files: FileDigests = field(default_factory=dict)
    replacing: FileDigests = field(default_factory=dict)

    @property
    def recorded(self) -> Recorded:
        """The files that it lists."""
        return Recorded(self.files, self.replacing)

    def write(self, folder: Path) -> None:
        """Write it to the batch's folder."""
        data = asdict(self)
        write_whole(
            folder / MANIFEST, to_sealed_json({**data, DIGEST_OF_FILES: digest_of_record(data["files"])}).encode()
        )

    @classmethod
    def read(cls, folder: Path, *, skip_integrity_check: bool = False) -> Self:
        """Read the record in a batch's folder.

        Args:
            folder: The folder.
            skip_integrity_check: True to read it even if it was changed.

        Raises:
            NoBatchError: If there is none.
            DamagedResultsError: If it cannot be read, was changed, or has another format.
        """
        path = folder / MANIFEST
        try:
            data = read_sealed_json(path, skip_integrity_check=skip_integrity_check)
        except FileNotFoundError:
            if (folder / DESIGNS).exists():
                raise DamagedResultsError(in_words([Damage(path, MISSING)], BATCH_AGAIN)) from None
            message = f"{folder} holds no batch: there is no {MANIFEST} in it"
            raise NoBatchError(message) from None
        except RecordChangedError as error:
            raise DamagedResultsError(in_words([Damage(path, str(error))], BATCH_AGAIN)) from None
        except RecordError as error:
            message = f"{path} {error}: {BATCH_AGAIN}"
            raise DamagedResultsError([message]) from None
        data.pop(DIGEST_OF_FILES, None)
        number = data.get("format")
        if isinstance(number, int) and not (skip_integrity_check and number < FORMAT):
            check_format(path, number, "run the same `trustsim batch` again with --fresh")
        if problems := problems_of(cls, data):
            raise DamagedResultsError([f"{path}: {each}: {BATCH_AGAIN}" for each in problems])
        return cls(**data)


def supporting_folders(folder: Path) -> list[Path]:
    """Return the folders of a batch's supporting runs, without sensitivity runs, in the order in which they are run."""
    kinds = [kind for kind in get_args(SupportingKind) if not kind.startswith(SENSITIVITY)]
    patterns = [f"{kind}-*" if kind == "stretched" else kind for kind in kinds]
    return [each.parent for pattern in patterns for each in sorted(folder.glob(f"{pattern}/{MANIFEST}"))]


def identity_of(scenario_hash: str, point: int | None) -> str:
    """Return what identifies the replicates of a design: its scenario's hash, and the point whose events it has."""
    return scenario_hash if point is None else f"{scenario_hash}@{point}"


def key_of(scenario_hash: str, point: int | None, seed: int, first: int, count: int, model: str) -> str:
    """Return a hash that identifies replicates: of their design's identity, seed, numbers and version of the model."""
    text = json.dumps([identity_of(scenario_hash, point), seed, first, count, model])
    return blake2b(text.encode(), digest_size=16).hexdigest()


def designs_to_parquet(designs: Sequence[Design], factors: Sequence[str]) -> bytes:
    """Return the table of designs: design, scenario, a column for each factor, baseline, point, scenario_hash.

    There is a point where points are drawn independently of each other.
    """
    columns: dict[str, Any] = {
        "design": pa.array([design.number for design in designs], pa.int32()),
        "scenario": pa.array([design.variant for design in designs], pa.string()),
    }
    for index, factor in enumerate(factors):
        columns[factor] = _column([design.values[index] for design in designs])
    columns["baseline"] = pa.array([design.baseline for design in designs], pa.int32())
    if any(design.point is not None for design in designs):
        columns["point"] = pa.array([design.point for design in designs], pa.int32())
    columns["scenario_hash"] = pa.array([design.scenario_hash for design in designs], pa.string())
    return to_parquet(pa.table(columns))


def _column(values: Sequence[Any]) -> pa.Array:
    """Return the values of one factor as whole numbers, numbers, or else text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int}:
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())
