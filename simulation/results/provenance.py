"""How a result was made: software, machine and inputs, enough to make it again."""

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

from simulation.version import __version__

_DECIDES_NUMBERS = (
    "parameters.py",
    "vocabulary.py",
    "scenario/schema.py",
    "scenario/paths.py",
    "scenario/deficit.py",
    "model/**/*.py",
    "results/axes.py",
    "results/columns.py",
    "results/financial_year.py",
)

_LIBRARIES = ("mesa", "numba", "numpy", "pandas", "pyarrow", "pydantic", "PyYAML", "matplotlib")


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """The record that stands beside every run, as run.json.

    Attributes:
        run: What names the run: a hash of scenario, seed, replicates and version.
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
        source: The scenario file, as it was named.
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
        """The record as a JSON text that ends with a new line."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"


def name_run(scenario_hash: str, seed: int, first: int, replicates: int) -> str:
    """Twelve hexadecimal digits that stay the same as long as scenario, seed, replicates and version do."""
    told = json.dumps([scenario_hash, seed, first, replicates, __version__])
    return blake2b(told.encode(), digest_size=6).hexdigest()


@cache
def model_version() -> str:
    """What numbers come from: the version and a digest of every source file that decides them."""
    package = Path(__file__).parents[1]
    told = blake2b(digest_size=4)
    for pattern in _DECIDES_NUMBERS:
        for path in sorted(package.glob(pattern)):
            told.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__}+{told.hexdigest()}"


def describe_machine() -> dict[str, Any]:
    """What the record says of software and machine."""
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


def _git(folder: Path, words: Sequence[str]) -> str | None:
    try:
        answer = subprocess.run(("git", *words), cwd=folder, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
