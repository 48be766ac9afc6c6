"""The record of a search for the levers to pull, `decision.json`: what was found, in letters and in sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field

from simulation.results.batch.errors import DamagedResultsError
from simulation.results.batch.files import write_whole
from simulation.results.record_fields import STRICT, FileDigests, Seed, problems_of
from simulation.results.sealed import RecordError, read_sealed_json, to_sealed_json

SEARCH_RECORD = "decision.json"
COMPARED = "comparison"
"""The folder, within that of the search, of the batch that compares the options."""

AGAIN = "run the same `trustsim decide` again, which makes it again"


@dataclass(frozen=True, kw_only=True)
class SearchRecord:
    """The record of a search.

    Attributes:
        name: The experiment's name.
        title: Its title.
        seed: Random seed of the points.
        model: Version of the model.
        objectives: What the search was for, the most important first.
        candidates: Number of candidates that were run.
        is_exhaustive: True if that is every candidate within the limits on money and levers.
        excluded: Number of candidates that were run and leave an organisation worse off that must not be.
        limits: The limits within which options are, in a sentence; empty if none but the budget excluded any.
        points: Number of sets of assumptions at which the best were compared.
        recommended: Letter of the recommended option; None if that is to pull no lever.
        options: The name of each named option, by its letter.
        rules: The letter of the choice by each rule; None if that is to pull no lever.
        sections: What was found: the head of each section, then its sentences.
        scenarios: Hash of each scenario that is compared, by its name in the comparison.
        files: Digest of each file that was written with it, by its path from the folder.
        source: The experiment file, as it was named; empty if it was none, or if that was not kept.
        format: Number of the format of this record.
    """

    __pydantic_config__: ClassVar[Any] = STRICT

    name: str
    title: str
    seed: Seed
    model: str
    objectives: Sequence[str]
    candidates: Annotated[int, Field(ge=0)]
    is_exhaustive: bool
    excluded: Annotated[int, Field(ge=0)] = 0
    limits: str = field(default="", repr=False)
    points: Annotated[int, Field(ge=1)]
    recommended: str | None
    options: Mapping[str, str]
    rules: Mapping[str, str | None]
    sections: Sequence[Annotated[Sequence[str], Field(min_length=2)]] = field(repr=False)
    scenarios: Mapping[str, str] = field(repr=False)
    files: FileDigests = field(default_factory=dict, repr=False)
    source: str = ""
    format: Literal[3] = 3

    def write(self, folder: Path) -> Path:
        """Write it to the folder of the search, and return its file."""
        path = folder / SEARCH_RECORD
        write_whole(path, to_sealed_json(asdict(self)).encode())
        return path

    @classmethod
    def read(cls, folder: Path, *, skip_integrity_check: bool = False) -> Self:
        """Read the record in the folder of a search.

        Args:
            folder: The folder.
            skip_integrity_check: True to read it even if it was changed.

        Raises:
            FileNotFoundError: If there is none.
            DamagedResultsError: If it cannot be read, was changed, or has another format.
        """
        path = folder / SEARCH_RECORD
        try:
            data = read_sealed_json(path, skip_integrity_check=skip_integrity_check)
        except RecordError as error:
            raise DamagedResultsError([f"{path} {error}: {AGAIN}"]) from None
        if problems := problems_of(cls, data):
            raise DamagedResultsError([f"{path}: {each}: {AGAIN}" for each in problems])
        return cls(**data)

    @property
    def command(self) -> str:
        """The command that searches again, and compares what it found."""
        return f"trustsim decide {self.source or self.name + '.yaml'} --seed {self.seed}"

    def sentences(self, head: str) -> tuple[str, ...]:
        """Return the sentences of a section; none if it has no such section.

        Args:
            head: Its head.
        """
        return next((tuple(each[1:]) for each in self.sections if each[0] == head), ())


def find_search(
    folder: Path, *, model: str, seed: int, scenarios: Mapping[str, str], skip_integrity_check: bool = False
) -> tuple[SearchRecord | None, str]:
    """Return the record of the search that found what a batch compares, or why it is left out.

    Args:
        folder: The folder of the batch.
        model: Version of the model that ran it.
        seed: Its seed.
        scenarios: Hash of each scenario that it compares, by name.
        skip_integrity_check: True to read a record that was changed.

    Returns:
        The record, None if there is none or it is of another search; and the reason in words, empty if there is none.

    Raises:
        DamagedResultsError: If there is one that is not as it was written.
    """
    if folder.name != COMPARED:
        return None, ""
    try:
        found = SearchRecord.read(folder.parent, skip_integrity_check=skip_integrity_check)
    except FileNotFoundError:
        return None, ""
    if (found.model, found.seed, dict(found.scenarios)) == (model, seed, dict(scenarios)):
        return found, ""
    return None, f"the search itself ({SEARCH_RECORD} is of other options; {AGAIN})"
