"""Commands other than batches, stopped at a step that a seed chooses: what they wrote is whole or absent."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from tests.faults.injected import Injection, read_log
from tests.faults.trial import Ended, Outcome, Process, end_of

ROOT = Path(__file__).parents[2]
SMALL, LARGE = ROOT / "scenarios/two-trusts.yaml", ROOT / "scenarios/mid-south-essex-partnership.yaml"

COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", str(SMALL), "--replicates", "20", "--tables", "organisations,relationships", "--out", "out"),
    "chart": ("chart", "results", "--out", "out"),
    "report": ("report", "results", "--format", "docx,html,xlsx,csv", "--out", "out"),
    "page": ("page", str(SMALL), "--out", "out/page.html"),
    "export": ("export", str(LARGE), "--xlsx", "--out", "out/place.xlsx"),
    "import": ("import", "place.xlsx", "--out", "out/place.yaml"),
    "new": ("new", "out/my-place", "--xlsx"),
    "workshop-kit": ("workshop-kit", str(SMALL), "--out", "out/kit.pdf"),
}
"""What is typed, in a folder that holds results, a workbook, and an empty folder `out`."""


FILES = ("simulation/", "tempfile.py", "pathlib", "shutil.py")
"""Files whose functions make steps."""


def prepare(folder: Path) -> None:
    """Make the results and the workbook that the commands read."""
    for words in (
        ("run", str(SMALL), "--replicates", "20", "--out", "runs"),
        ("export", str(LARGE), "--xlsx", "--out", "place.xlsx"),
    ):
        subprocess.run([sys.executable, "-m", "simulation", *words], cwd=folder, check=True, capture_output=True)
    (folder / "runs/two-trusts").rename(folder / "results")


def type_command(name: str, folder: Path, fault: str = "none", step: int = 0, seed: int = 0) -> Ended:
    """Run a command in a folder to its end, with a fault at a step."""
    (folder / "out").mkdir(exist_ok=True)
    request = folder.with_suffix(".request.json")
    log = folder.with_suffix(".log.json")
    where = {"folder": str(folder / "out"), "log": str(log), "after": "invoke", "files": FILES}
    Injection(fault=fault, step=step, seed=seed, **where).write(request)
    command = [sys.executable, "-m", "tests.faults.injected", str(request), *COMMANDS[name]]
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(Path.home()), "PATH": "/usr/bin:/bin"}
    return end_of(
        Process(
            command,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    )


def run_undisturbed(name: str, inputs: Path, folder: Path) -> tuple[dict[str, bytes], int]:
    """Return the files that a command writes, and the number of its steps."""
    shutil.copytree(inputs, folder)
    ended = type_command(name, folder)
    assert ended.code == 0, ended.printed
    return _written(folder), read_log(folder.with_suffix(".log.json"))["step"]


def stop_command(
    name: str, fault: str, seed: int, inputs: Path, folder: Path, whole: Mapping[str, bytes], steps: int
) -> Outcome:
    """Stop a command at a step that the seed chooses, and look at what it wrote.

    Args:
        name: A key of `COMMANDS`.
        fault: SIGINT or SIGTERM.
        seed: The seed.
        inputs: What the command reads.
        folder: A folder for its files, which does not exist yet.
        whole: The files that it writes if nothing stops it.
        steps: The steps that it takes.
    """
    chance = Random(f"{name} {fault} {seed}")
    ended, log = _stop(name, fault, seed, inputs, folder, chance.randint(1, steps))
    if "where" not in log:  # it took fewer steps than before, since caches are filled now
        shutil.rmtree(folder)
        ended, log = _stop(name, fault, seed, inputs, folder, chance.randint(1, log["step"]))
    code, word = {"SIGINT": (130, "interrupted"), "SIGTERM": (143, "terminated")}[fault]
    is_clear = ended.code == 0 or (ended.code == code and ended.printed.endswith(f"{word}\n"))
    found = _written(folder)
    return Outcome(
        fault=f"{fault} in {name}",
        seed=seed,
        where=f"step {log.get('step')}: {log.get('where', 'too late')}",
        code=ended.code,
        wrong=tuple(sorted(each for each in found.keys() & whole.keys() if found[each] != whole[each])),
        unclear="" if is_clear and "Traceback" not in ended.printed else f"exit {ended.code}: {ended.printed[-600:]}",
        orphans=ended.orphans,
        stray=tuple(sorted(found.keys() - whole.keys())),
    )


def _stop(name: str, fault: str, seed: int, inputs: Path, folder: Path, step: int) -> tuple[Ended, dict[str, Any]]:
    """Run a command with a fault at a step, and return how it ended and what it logged."""
    shutil.copytree(inputs, folder)
    ended = type_command(name, folder, fault, step, seed)
    return ended, read_log(folder.with_suffix(".log.json"))


def _written(folder: Path) -> dict[str, bytes]:
    """Return the files that a command wrote, and the folders, which are empty bytes."""
    out = folder / "out"
    return {str(path.relative_to(out)): b"" if path.is_dir() else path.read_bytes() for path in out.rglob("*")}
