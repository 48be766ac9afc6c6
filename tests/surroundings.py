"""The same commands in many surroundings, which must write the same bytes; `make surroundings` prints a table.

A surrounding is what a user's machine has and no file says: language, time, folders, processors, fonts, settings of
other programs.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
TRIAL = """
title: A trial
question: Does coaching pay here?
scenario: place.yaml
replicates: 8
compare:
  no joint action: {}
  coached: {levers: {coaching: {strength: 1}}}
assumptions: {points: 8, replicates: 2}
"""
FORMATS = "docx,pdf,html,pptx,xlsx,csv"
TABLES = "organisations,relationships,opportunities,transfers"

QUICK = (
    ("run", "place.yaml", "--replicates", "4", "--tables", TABLES, "--no-charts", "--out", "run"),
    ("export", "place.yaml", "--xlsx"),
    ("workshop-kit", "place.yaml"),
)
"""Commands of a second or two, each with its options."""

ALL = (
    ("run", "place.yaml", "--replicates", "6", "--tables", TABLES, "--no-charts", "--out", "run"),
    ("run", "place.yaml", "--replicates", "6", "--out", "with-charts"),
    ("batch", "trial.yaml", "--out", "batch"),
    ("chart", "batch", "--out", "charts"),
    ("report", "batch", "--format", FORMATS, "--out", "papers"),
    ("page", "place.yaml"),
    ("page", "place.yaml", "--data"),
    ("export", "place.yaml", "--xlsx"),
    ("import", "place.xlsx", "--out", "imported.yaml"),
    ("workshop-kit", "place.yaml"),
    ("new", "fresh", "--xlsx"),
)
"""Every command that writes, in an order in which each finds what it reads."""

SAME = "the same bytes"

RECORDS = {"run.json", "manifest.json"}
OF_THE_MACHINE = {
    "made",
    "engine",
    "elapsed",
    "commit",
    "python",
    "libraries",
    "platform",
    "software",
    "digest",
}
"""Fields of records that say when, where and by what they were made; all others are the same everywhere."""

_SHUFFLED = """
import os, random
_list, _scan = os.listdir, os.scandir
def listdir(*given):
    found = _list(*given)
    random.shuffle(found)
    return found
class Shuffled:
    def __init__(self, given):
        with _scan(*given) as entries:
            self.entries = list(entries)
        random.shuffle(self.entries)
        self.rest = iter(self.entries)
    def __iter__(self): return self
    def __next__(self): return next(self.rest)
    def __enter__(self): return self
    def __exit__(self, *_error): pass
    def close(self): pass
os.listdir, os.scandir = listdir, lambda *given: Shuffled(given)
"""

_SETTINGS = """
backend: svg
font.family: serif
font.size: 17
axes.grid: True
savefig.dpi: 50
savefig.bbox: tight
savefig.transparent: True
svg.fonttype: none
figure.autolayout: True
axes.formatter.use_locale: True
path.simplify: False
timezone: Asia/Tokyo
date.epoch: 0000-12-31
lines.antialiased: False
"""


@dataclass(frozen=True)
class Surrounding:
    """What differs from the plain surroundings.

    Attributes:
        variables: Variables of the environment; None for one that is not set.
        before: Words before the command, such as those of `taskset`.
        mask: The mask of permissions.
        prepare: Makes files in a folder of the surrounding, and returns more variables.
        below: The folder that commands are typed in, below that of the surrounding.
    """

    variables: Mapping[str, str | None] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    mask: int = 0o022
    prepare: Callable[[Path], Mapping[str, str]] = lambda _: {}
    below: str = "work"


def _shuffled(folder: Path) -> Mapping[str, str]:
    """Let folders be listed in another order each time."""
    (folder / "site").mkdir()
    (folder / "site/sitecustomize.py").write_text(_SHUFFLED, encoding="utf-8")
    return {"PYTHONPATH": f"{folder / 'site'}{os.pathsep}{ROOT}"}


def _other_settings(folder: Path) -> Mapping[str, str]:
    """Give matplotlib other settings."""
    (folder / "settings").mkdir()
    (folder / "settings/matplotlibrc").write_text(_SETTINGS, encoding="utf-8")
    return {"MPLCONFIGDIR": str(folder / "settings")}


def _other_fonts(folder: Path) -> Mapping[str, str]:
    """Install other letters under the names of those that charts are drawn with, for a user without a font cache."""
    import matplotlib
    from fontTools.ttLib import TTFont

    fonts = folder / "home/.fonts"
    fonts.mkdir(parents=True)
    (folder / "font-settings").mkdir()
    for name in ("Trustsim Sans", "Trustsim Sans other letters", "DejaVu Sans", "Source Sans 3", "Arial", "Consolas"):
        face = TTFont(Path(matplotlib.get_data_path()) / "fonts/ttf/STIXGeneralItalic.ttf")
        for record in face["name"].names:
            if record.nameID in {1, 4, 6, 16}:
                record.string = name
        face.save(fonts / f"{name.replace(' ', '')}.ttf")
    return {"HOME": str(folder / "home"), "MPLCONFIGDIR": str(folder / "font-settings"), **_kept_caches()}


def _empty_home(folder: Path) -> Mapping[str, str]:
    (folder / "someone").mkdir()
    return {"HOME": str(folder / "someone"), "XDG_CONFIG_HOME": str(folder / "someone/none"), **_kept_caches()}


def _kept_caches() -> Mapping[str, str]:
    """Keep the compiled kernel, which would take ten seconds to compile again."""
    from simulation.model.ensemble.cache import cache_root

    return {"NUMBA_CACHE_DIR": str(cache_root())}


def _other_folder(folder: Path) -> Mapping[str, str]:
    (folder / "temporary files").mkdir()
    return {"TMPDIR": str(folder / "temporary files")}


SURROUNDINGS: dict[str, Surrounding] = {
    "plain": Surrounding(),
    "hash seed 1": Surrounding({"PYTHONHASHSEED": "1"}),
    "time zone west": Surrounding({"TZ": "America/Los_Angeles"}),
    "time zone east": Surrounding({"TZ": "Pacific/Kiritimati"}),
    "a minute before midnight": Surrounding(before=("faketime", "DAY 23:58:30")),
    "locale C": Surrounding({"LC_ALL": "C", "LANG": "C"}),
    "locale tr_TR": Surrounding({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "locale ar_EG": Surrounding({"LC_ALL": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8"}),
    "locale de_DE": Surrounding({"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}),
    "no UTF-8 mode, Latin-1 streams": Surrounding({"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1", "LC_ALL": "C"}),
    "mask 077": Surrounding(mask=0o077),
    "mask 000": Surrounding(mask=0),
    "one processor": Surrounding(before=("taskset", "-c", "0")),
    "one thread, seven workers": Surrounding({"NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "WORKERS": "7"}),
    "another user and home": Surrounding({"USER": "zoë", "LOGNAME": "zoë"}, prepare=_empty_home),
    "another folder for temporary files": Surrounding(prepare=_other_folder),
    "a narrow terminal": Surrounding({"COLUMNS": "20", "LINES": "5", "TERM": "dumb"}),
    "another working folder": Surrounding(below="elsewhere/a folder with ümlauts and spaces"),
    "other settings of matplotlib": Surrounding({"MPLBACKEND": None}, prepare=_other_settings),
    "another backend of matplotlib": Surrounding({"MPLBACKEND": "TkAgg"}),
    "other fonts and no font cache": Surrounding(prepare=_other_fonts),
    "folders listed in another order": Surrounding(prepare=_shuffled),
    "Python without checks": Surrounding({"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
    "an older processor": Surrounding(
        {"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512CD AVX512_SKX", "OPENBLAS_CORETYPE": "Nehalem"}
    ),
}


def _all_prepared(folder: Path) -> Mapping[str, str]:
    """Give other fonts, settings, temporary files and an order of folders at once."""
    return {**_other_fonts(folder), **_other_settings(folder), **_other_folder(folder), **_shuffled(folder)}


TOGETHER: dict[str, Surrounding] = {
    "all at once": Surrounding(
        {
            "PYTHONHASHSEED": "7", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati",
            "NUMBA_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "USER": "zoë", "LOGNAME": "zoë", "COLUMNS": "20",
            "MPLBACKEND": "TkAgg", "WORKERS": "1",
        },
        mask=0o077,
        prepare=_all_prepared,
        below="elsewhere/a folder with ümlauts and spaces",
    ),
    "all at once, otherwise": Surrounding(
        {
            "PYTHONHASHSEED": "11", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "1",
            "TZ": "America/Los_Angeles", "NUMBA_NUM_THREADS": "2", "WORKERS": "5", "MPLBACKEND": None,
            "PYTHONOPTIMIZE": "2", "COLUMNS": "500",
        },
        mask=0,
        prepare=_empty_home,
        below="2",
    ),
}  # fmt: skip
"""Many of the surroundings at once: if the bytes are the same, none of them changes any."""


def written_in(surrounding: Surrounding, folder: Path, commands: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """Run commands in a surrounding, and return the digest of each file by its path.

    Of records, the fields are digested that are the same everywhere.
    """
    place = folder / surrounding.below
    place.mkdir(parents=True)
    shutil.copy(ROOT / "scenarios/two-trusts.yaml", place / "place.yaml")
    (place / "trial.yaml").write_text(TRIAL, encoding="utf-8")
    day = datetime.now(UTC).date().isoformat()
    changed = {**surrounding.variables, **surrounding.prepare(folder)}
    workers = changed.pop("WORKERS", None)
    begin = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795824000"} | changed
    environment = {name: value for name, value in begin.items() if value is not None}
    for words in commands:
        more = ["--workers", workers] if words[0] == "batch" and workers else []
        command = [*surrounding.before, sys.executable, "-m", "simulation", *words, *more]
        done = subprocess.run(
            [word.replace("DAY", day) for word in command], cwd=place, env=environment, umask=surrounding.mask,
            capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(
                f"{' '.join(words)}: exit code {done.returncode}: {done.stderr.decode(errors='replace')}"
            )
    return {
        path.relative_to(place).as_posix(): hashlib.sha256(_content(path)).hexdigest()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name not in {"lock", "place.yaml", "trial.yaml"}
    }


def _content(path: Path) -> bytes:
    if path.name not in RECORDS:
        return path.read_bytes()
    record = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps({name: value for name, value in record.items() if name not in OF_THE_MACHINE}).encode()


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Return the files that two surroundings do not have alike."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def compare_all(commands: tuple[tuple[str, ...], ...], names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each surrounding and what differs in it from the plain one."""
    with tempfile.TemporaryDirectory() as folder:
        plain = written_in(SURROUNDINGS["plain"], Path(folder, "0"), commands)
        chosen = {**TOGETHER, **SURROUNDINGS}
        for number, name in enumerate(names or list(chosen), 1):
            here = Path(folder, str(number))
            try:
                differing = differences(plain, written_in(chosen[name], here, commands))
                yield name, SAME if not differing else f"{len(differing)} differ: {', '.join(differing)}"
            except (AssertionError, FileNotFoundError) as error:
                yield name, str(error)
            shutil.rmtree(here)


def _print_table(names: list[str]) -> int:
    """Print a line for each surrounding, and return how many change a byte."""
    changing = 0
    for name, outcome in compare_all(ALL, names):
        changing += outcome != SAME
        print(f"{name:<40}{outcome}", flush=True)
    return changing


if __name__ == "__main__":
    sys.exit(1 if _print_table(sys.argv[1:]) else 0)
