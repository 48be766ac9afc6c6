"""How a result was made: software, machine and inputs, enough to reproduce it."""

import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from simulation.source_digest import digest_source
from simulation.version import __version__

DECIDES_NUMBERS = (
    "vocabulary.py",
    "parameters.py",
    "scenario/schema.py",
    "scenario/evidence.py",
    "scenario/frozen.py",
    "scenario/months.py",
    "scenario/paths.py",
    "scenario/deficit.py",
    "experiment/schema.py",
    "experiment/addresses.py",
    "experiment/changes.py",
    "model/**/*.py",
    "results/axes.py",
    "results/columns.py",
    "results/ensemble.py",
    "results/financial_year.py",
    "results/frames.py",
    "results/trajectory.py",
    "results/batch/tables.py",
    "execution/tasks.py",
)
"""Patterns of the files that decide which numbers a resolved scenario gets and how a batch stores them."""

LEFT_OUT = {
    "display.py": "draws results in a notebook",
    "version.py": "is a part of the model's version as it stands",
    "source_digest.py": "makes the digest",
    "scenario/checks.py": "refuses scenarios and changes none",
    "scenario/dates.py": "refuses scenarios and changes none",
    "scenario/plain.py": "refuses scenarios and changes none",
    "scenario/references.py": "refuses scenarios and changes none",
    "scenario/problems.py": "words messages",
    "scenario/display.py": "draws a scenario in a notebook",
    "model/agents/display.py": "draws the agents in a notebook",
    "model/ensemble/cache.py": "keeps machine code",
    "model/ensemble/loaded.py": "keeps machine code",
    "results/display.py": "draws results in a notebook",
    "results/ensemble_file.py": "saves an ensemble and reads it back",
    "results/labelled.py": "hands an ensemble to xarray",
    "results/provenance.py": "records how a result was made",
    "results/batch/chunks.py": "saves results and reads them back",
    "results/batch/errors.py": "words messages",
    "results/batch/files.py": "saves results and reads them back",
    "results/batch/manifest.py": "saves results and reads them back",
    "results/batch/rows.py": "saves results and reads them back",
}
"""Files that the engines import though no number depends on them, each with the reason."""

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
        replicates: How many replicates.
        version: Version of this software.
        commit: Git commit of the source, with a plus sign if it was changed since; None if not a checkout.
        made: The day on which the results were first made, YYYY-MM-DD.
        engine: Which engine ran them: compiled or mesa; the numbers are the same.
        elapsed: Seconds that the replicates took.
        python: Version of Python.
        libraries: Versions of the libraries that numbers and files depend on.
        platform: Operating system and processor.
        source: The scenario file, as the user named it.
    """

    run: str
    title: str
    scenario_hash: str
    seed: int
    first: int
    replicates: int
    version: str
    commit: str | None
    made: str
    engine: str
    elapsed: float
    python: str
    libraries: dict[str, str]
    platform: str
    source: str = ""

    def to_json(self) -> str:
        """Return the record as a JSON text that ends with a new line."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def name_run(scenario_hash: str, seed: int, first: int, replicates: int) -> str:
    """Return twelve hexadecimal digits that stay the same as long as scenario, seed, replicates and version do."""
    identity = json.dumps([scenario_hash, seed, first, replicates, __version__])
    return blake2b(identity.encode(), digest_size=6).hexdigest()


@cache
def model_version() -> str:
    """Return what numbers come from: this software's version and a digest of the code that decides them.

    Documentation, comments and layout change nothing about it, nor does the version of Python.
    """
    texts = [path.read_text(encoding="utf-8") for path in deciding_files()]
    return f"{__version__}+{digest_source(texts)}"


def deciding_files() -> list[Path]:
    """Return the source files that decide numbers, in the order of their paths."""
    package = Path(__file__).parents[1]
    found = {path.relative_to(package).as_posix(): path for each in DECIDES_NUMBERS for path in package.glob(each)}
    return [found[name] for name in sorted(found.keys() - LEFT_OUT.keys())]


def describe_machine() -> dict[str, Any]:
    """Return what a record says of software and machine."""
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
