"""The record of a result: software, machine and inputs, enough to reproduce it."""

import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import Field

from simulation.results.integrity import FORMAT
from simulation.results.known_sources import digest_of_known_source
from simulation.results.record_fields import STRICT, Day, FileDigests, Replicates, Seed
from simulation.results.sealed import to_sealed_json
from simulation.version import __version__

DECIDES_NUMBERS = (
    "vocabulary.py",
    "parameters.py",
    "levers.py",
    "columns.py",
    "scenario/schema.py",
    "scenario/entries.py",
    "scenario/evidence.py",
    "scenario/fields.py",
    "scenario/months.py",
    "scenario/paths.py",
    "scenario/realisation.py",
    "experiment/schema.py",
    "experiment/addresses.py",
    "model/*.py",
    "model/rules/*.py",
    "model/agents/*.py",
    "model/ensemble/*.py",
    "results/axes.py",
    "results/ensemble.py",
    "results/financial_year.py",
    "results/frames.py",
    "results/trajectory.py",
    "results/batch/tables.py",
    "execution/designs.py",
    "execution/tasks.py",
)
"""Patterns of the files that decide which numbers a scenario gets, and which of them a batch stores under its hash."""

LEFT_OUT = {
    "shows results and scenarios": (
        "backends.py",
        "display.py",
        "formatting.py",
        "known_names.py",
        "scenario/display.py",
        "scenario/contract_names.py",
        "scenario/organisation_names.py",
        "model/agents/display.py",
        "results/dates.py",
        "results/display.py",
        "results/trust.py",
    ),
    "decides which scenarios are run; results are filed under the hash of each": (
        "limits.py",
        "experiment/decide.py",
        "experiment/decide_entries.py",
        "experiment/entries.py",
        "experiment/factors.py",
        "experiment/supporting.py",
        "execution/drawn_values.py",
        "execution/points.py",
        "scenario/changed_titles.py",
        "scenario/changes.py",
        "scenario/held.py",
        "scenario/own_numbers.py",
        "scenario/own_values.py",
        "scenario/register.py",
    ),
    "reads or changes a scenario; results are filed under its hash": (
        "input_files.py",
        "scenario/alike_names.py",
        "scenario/composing.py",
        "scenario/contracts_named.py",
        "scenario/cut_numbers.py",
        "scenario/document.py",
        "scenario/every.py",
        "scenario/extends.py",
        "scenario/files.py",
        "scenario/given.py",
        "scenario/lever_uses.py",
        "scenario/limit_words.py",
        "scenario/loading.py",
        "scenario/messages.py",
        "scenario/scalars.py",
        "scenario/typed_months.py",
        "scenario/typed_numbers.py",
        "scenario/typed_payments.py",
        "scenario/unusual_parameters.py",
        "scenario/workbook/book.py",
        "scenario/workbook/cells.py",
        "scenario/workbook/columns.py",
        "scenario/workbook/compared_words.py",
        "scenario/workbook/entries_in_lists.py",
        "scenario/workbook/entries_with_ids.py",
        "scenario/workbook/file_words.py",
        "scenario/workbook/grids.py",
        "scenario/workbook/hidden.py",
        "scenario/workbook/names.py",
        "scenario/workbook/number_formats.py",
        "scenario/workbook/observed_trust.py",
        "scenario/workbook/opening.py",
        "scenario/workbook/parts.py",
        "scenario/workbook/reading.py",
        "scenario/workbook/sheets.py",
        "scenario/workbook/sources.py",
        "scenario/workbook/tables.py",
        "scenario/workbook/texts.py",
        "scenario/workbook/totals.py",
        "scenario/what_if.py",
        "scenario/written_parts.py",
    ),
    "refuses what is too large": (
        "limits.py",
        "memory.py",
        "results/size.py",
    ),
    "refuses scenarios and changes none": (
        "limits.py",
        "scenario/checks.py",
        "scenario/contracts.py",
        "scenario/dates.py",
        "scenario/observed.py",
        "scenario/problems.py",
        "scenario/programmes.py",
        "scenario/raw_data.py",
        "scenario/references.py",
    ),
    "keeps machine code": (
        "model/ensemble/cache.py",
        "model/ensemble/loaded.py",
    ),
    "saves results and reads them back": (
        "results/arrow_paths.py",
        "results/digests.py",
        "results/ensemble_file.py",
        "results/integrity.py",
        "results/known_sources.py",
        "results/labelled.py",
        "results/record_fields.py",
        "results/sealed.py",
        "results/batch/chunks.py",
        "results/batch/errors.py",
        "results/batch/files.py",
        "results/batch/manifest.py",
        "results/batch/rows.py",
    ),
    "says which package is missing": ("extras.py",),
    "makes the version": (
        "bytecode.py",
        "version.py",
        "source_digest.py",
        "results/provenance.py",
    ),
}
"""Files that engines and workers import though no number depends on them, by the reason."""

_LIBRARIES = ("mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic", "PyYAML", "matplotlib")


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """The record of a run, kept with its results as run.json.

    Attributes:
        run: The run's name: a hash of scenario, seed, replicates and version.
        title: The scenario's title.
        scenario_hash: Hash of the resolved scenario.
        seed: Random seed.
        first: Number of the first replicate.
        replicates: Number of replicates.
        version: Version of this software.
        commit: Git commit of the source, with a plus sign if it was changed since; None if not a checkout.
        made: The day on which the results were first made, YYYY-MM-DD.
        engine: Which engine ran them: compiled or mesa; the numbers are the same.
        elapsed: Seconds that the replicates took.
        python: Version of Python.
        libraries: Versions of the libraries that numbers and files depend on.
        platform: Operating system and processor.
        source: The scenario file, as the user named it.
        format: Number of the format of the results.
        files: Digest of each file of the results, by its path from the folder.
        model: Version of the model.
    """

    __pydantic_config__: ClassVar[Any] = STRICT

    run: str
    title: str
    scenario_hash: str
    seed: Seed
    first: Annotated[int, Field(ge=0)]
    replicates: Replicates
    version: str
    commit: str | None
    made: Day
    engine: str
    elapsed: float
    python: str
    libraries: dict[str, str]
    platform: str
    source: str = ""
    format: int = FORMAT
    files: FileDigests = field(default_factory=dict)
    model: str = ""

    def to_json(self) -> str:
        """Return the record as a JSON text that ends with a new line."""
        return to_sealed_json(asdict(self))


def name_run(scenario_hash: str, seed: int, first: int, replicates: int) -> str:
    """Return twelve hexadecimal digits that stay the same as long as scenario, seed, replicates and version do."""
    identity = json.dumps([scenario_hash, seed, first, replicates, __version__])
    return blake2b(identity.encode(), digest_size=6).hexdigest()


@cache
def model_version() -> str:
    """Return the version of the model: this software's version and a digest of the code that decides numbers.

    It does not depend on documentation, comments, layout or the version of Python.

    Raises:
        StaleBytecodeError: If Python runs older bytecode of a file than its source.
    """
    files = deciding_files()
    texts = [path.read_bytes() for path in files]
    return f"{__version__}+{digest_of_known_source(texts, Path(__file__).parents[1], files)}"


def deciding_files() -> list[Path]:
    """Return the source files that decide numbers, in the order of their paths."""
    package = Path(__file__).parents[1]
    found = {path.relative_to(package).as_posix(): path for each in DECIDES_NUMBERS for path in package.glob(each)}
    return [found[name] for name in sorted(found.keys() - set(chain(*LEFT_OUT.values())))]


def describe_machine() -> dict[str, Any]:
    """Return the software and the machine, as a record describes them."""
    return {
        "version": __version__,
        "commit": _commit(Path(__file__).parent),
        "python": platform.python_version(),
        "libraries": {library: _version_of(library) for library in _LIBRARIES},
        "platform": f"{platform.system()} {platform.machine()}",
    }


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def _commit(folder: Path) -> str | None:
    commit = _git(folder, ("rev-parse", "HEAD"))
    if commit is None or _git(folder, ("ls-files", "--error-unmatch", Path(__file__).name)) is None:
        return None
    return commit + ("+" if _git(folder, ("status", "--porcelain", "--untracked-files=no")) else "")


def _git(folder: Path, arguments: Sequence[str]) -> str | None:
    try:
        done = subprocess.run(("git", *arguments), cwd=folder, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
