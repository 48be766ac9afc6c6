"""The record of a verification: which replicates of some results were run again, and how many numbers differ."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field

from simulation.formatting import counted, day_words
from simulation.results.batch.files import write_whole
from simulation.results.record_fields import STRICT, Day, FileDigests, Seed, problems_of
from simulation.results.sealed import RecordError, read_sealed_json, to_sealed_json

VERIFICATION = "verification.json"

NOT_VERIFIED = "no replicate was run again to compare it with the tables; trustsim verify does that"


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The record of a verification, kept beside the results.

    Attributes:
        made: The day, YYYY-MM-DD.
        model: Version of the model that ran the replicates again.
        seed: Seed of the draw of replicates, which has nothing to do with that of the results.
        drawn: Replicates that were run again: part of the results, number of the design, number of the replicate.
        numbers: How many numbers were compared.
        differences: How many of them differ.
        files: Digest of each table that they were compared with, by its path from the folder of the results.
        has_search: True if the results compare options that a search found, which was not run again.
    """

    __pydantic_config__: ClassVar[Any] = STRICT

    made: Day
    model: str
    seed: Seed
    drawn: Sequence[tuple[str, int, int]] = field(repr=False)
    numbers: Annotated[int, Field(ge=0)]
    differences: Annotated[int, Field(ge=0)]
    files: FileDigests = field(repr=False)
    has_search: bool = False

    def write(self, folder: Path) -> None:
        """Write it to the folder of the results."""
        write_whole(folder / VERIFICATION, to_sealed_json(asdict(self)).encode())

    @property
    def words(self) -> str:
        """The finding, in words without a full stop."""
        many = counted(len(self.drawn), "replicate", "replicates")
        if self.differences:
            return (
                f"of {many} drawn at random and run again on {day_words(self.made)}, "
                f"{counted(self.differences, 'number differs', 'numbers differ')} from the tables: these results are "
                "not what the model gives"
            )
        search = "; the search that found the options was not run again" if self.has_search else ""
        return f"{many} drawn at random were run again on {day_words(self.made)} and are equal to the bit{search}"


def find_verification(folder: Path, files: Mapping[str, str]) -> Verification | None:
    """Return the record of a verification of results as they are; None if there is none.

    Args:
        folder: The folder of the results.
        files: The digest of each file that their records list, by its path from there.
    """
    try:
        data = read_sealed_json(folder / VERIFICATION)
    except (OSError, RecordError):
        return None
    if problems_of(Verification, data):
        return None
    found = Verification(**data)
    tables = {name: digest for name, digest in files.items() if name.endswith(".parquet")}
    return found if found.files and found.files.items() <= tables.items() else None
