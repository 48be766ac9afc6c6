"""Command lines: words that are left out, repeated, swapped or made up, and paths of every kind."""

import os
import random
from functools import cache
from pathlib import Path
from typing import Any

from simulation.cli.main import command_names, load_command
from tests.fuzz.cases import Case
from tests.fuzz.kinds.results import EXPERIMENT
from tests.fuzz.kinds.scenarios import ROOT

Draw = random.Random

PLACE = "place.yaml"
LINES: tuple[list[str], ...] = (
    ["validate", PLACE],
    ["validate", PLACE, "e.yaml"],
    ["run", PLACE, "--replicates", "1", "--no-charts", "--out", "out"],
    ["run", PLACE, "--replicates", "2", "--no-charts", "--json", "--out", "out", "--tables", "organisations"],
    ["plan", "e.yaml", "--replicates", "1", "--workers", "1"],
    ["batch", "e.yaml", "--replicates", "1", "--workers", "1", "--out", "out"],
    ["status", "batch"],
    ["report", "batch", "--format", "csv", "--out", "out"],
    ["report", "run/two-trusts", "--format", "xlsx", "--out", "out"],
    ["chart", "batch", "--only", "scenario_table", "--out", "out"],
    ["retry", "batch", "--workers", "1"],
    ["show", PLACE],
    ["export", PLACE, "--xlsx", "--out", "out.xlsx"],
    ["import", "place.xlsx", "--out", "out.yaml"],
    ["new", "out"],
    ["new", "out", "--systems", "2", "--like", PLACE],
    ["survey", "a.csv", PLACE, "--out", "out.yaml"],
    ["page", PLACE, "--data", "--out", "out.json"],
    ["schema"],
    ["claims"],
    ["clean", "--dry-run"],
    ["workshop-kit", PLACE, "--out", "out.pdf"],
)
"""Lines that work and take little; the options that keep them quick come first and are never dropped."""

PATHS = (
    PLACE, "e.yaml", "a.csv", "place.xlsx", "batch", "run", "run/two-trusts", "folder", "folder/", "empty.yaml",
    "missing.yaml", "missing/out", "place.yaml/out", "pipe", "unreadable.yaml", "closed", "closed/out", "loop",
    "broken", "/dev/null", "/dev/zero", "/dev/full", "/dev/full/x", "/proc/x", "/proc/self/mem", "/sys/x", "", "-",
    "--", "~", "~nobody/x", ".", "..", "x" * 300, "a/" * 200, "out\nput", "out put", "ünï.yaml", "\udcff.yaml", "-o",
    "out.txt", "out", "CON", "*.yaml", "$HOME", "binary.yaml", "binary.xlsx", "batch/manifest.json",
    "batch/system.parquet",
)  # fmt: skip
WORDS = (
    "", " ", "0", "-1", "1", "2", "3", "1.5", "1e3", "1e400", "nan", "inf", "-inf", "2147483648",
    "18446744073709551615", "18446744073709551616", "9" * 5001, "0x10", "١", "1,000", "one", "true", "2024-04",
    "2024-13", "csv", "csv,xlsx", "csv,", ",", "pdf,", "list", "nhs", "all", "organisations", "organisations,,",
    "no_such", "mesa", "compiled", "<b>", "=1+1", "{}", "x" * 10_000, "\n", "\udcff", "\u202e", "--help", "-h",
    "--version", "--",
)  # fmt: skip
SLOW = {
    "--charts",
    "--what-matters",
    "--install-completion",
    "--show-completion",
    "--cluster",
    "--all",
    "--fresh",
    "--xlsx",
}
"""Options that are slow, or act on more than the folder."""
SLOW_COMMANDS = {"explore", "claims", "clean", "workshop-kit"}
"""Commands whose lines are not changed but for unknown options, for the same reason."""
WIDEST = {"--replicates", "--points", "--systems", "--workers", "--at-most", "--until-half-width"}
"""Options whose large values are valid and mean much work."""
SMALL = ("", "0", "-1", "1", "2", "1.5", "nan", "inf", "1e400", "9" * 5001, "18446744073709551616", "one", "x")


def make(draw: Draw, name: str) -> Case:
    """Make a case."""
    line = list(draw.choice(LINES))
    changes = (
        add_option,
        add_option,
        add_unknown,
        replace_path,
        replace_path,
        replace_path,
        add_word,
        drop_word,
        repeat_word,
    )
    if line[0] in SLOW_COMMANDS:
        changes = (add_unknown,)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        draw.choice(changes)(draw, line)
    if draw.random() < 0.02:
        line[0] = draw.choice((*command_names()[:3], line[0].upper(), line[0][:-1], *WORDS))
    if line[:1] == ["explore"]:
        line = line[1:]
    given = [*line, *(word.partition("=")[2] for word in line if word.startswith("--"))]
    writes = [word for word in given if word and not word.startswith("/")]
    named = [f"{word}{suffix}" for word in writes for suffix in ("", ".yaml", ".xlsx", ".html")]
    return Case(name, [line], results="both", writes=[*named, *DEFAULTS])


DEFAULTS = (
    "out",
    "out.yaml",
    "out.xlsx",
    "results",
    "batch/lock",
    "place.html",
    "place.json",
    "place-with-trust.yaml",
    "run/two-trusts/lock",
)
"""Where commands write by default."""


@cache
def _options(command: str) -> list[tuple[str, Any]]:
    loaded = load_command(command)
    return [
        (name, each) for each in loaded.params for name in (*each.opts, *each.secondary_opts) if name.startswith("-")
    ]


def add_option(draw: Draw, line: list[str]) -> None:
    """Add an option of the command, with a value of any kind."""
    if line[0] not in command_names():
        return
    options = [(name, each) for name, each in _options(line[0]) if name not in SLOW]
    if options:
        name, option = draw.choice(options)
        line.append(name)
        if not getattr(option, "is_flag", False):
            line.append(draw.choice(SMALL if name in WIDEST else draw.choice((PATHS, WORDS, WORDS))))
            if draw.random() < 0.1:
                line[-2:] = [f"{name}={line[-1]}"]


def add_unknown(draw: Draw, line: list[str]) -> None:
    """Add an option that there is not."""
    line.insert(
        draw.randint(1, len(line)),
        draw.choice(("--no-such", "--ou", "-x", "--replicate=1", "-", "---", "--=1", "-hh", "--seed=")),
    )


def replace_path(draw: Draw, line: list[str]) -> None:
    """Put another path in place of one."""
    there = [at for at, word in enumerate(line) if at and (Path(word).suffix or word in PATHS)]
    if there:
        line[draw.choice(there)] = draw.choice(PATHS)


def add_word(draw: Draw, line: list[str]) -> None:
    """Add any word at the end."""
    line.append(draw.choice(draw.choice((PATHS, WORDS))))


def drop_word(draw: Draw, line: list[str]) -> None:
    """Leave out an argument."""
    there = [at for at, word in enumerate(line) if at and not word.startswith("-") and not line[at - 1].startswith("-")]
    if there:
        del line[draw.choice(there)]


def repeat_word(draw: Draw, line: list[str]) -> None:
    """Say an argument twice."""
    if len(line) > 1 and not line[1].startswith("-"):
        line.insert(1, line[1])


def lay_out(folder: Path) -> None:
    """Put every kind of path into a folder."""
    from tests.scenario.workbook.books import make_book
    from tests.survey.made_up import long_text

    (folder / PLACE).write_bytes((ROOT / "scenarios/two-trusts.yaml").read_bytes())
    (folder / "e.yaml").write_bytes(EXPERIMENT)
    (folder / "a.csv").write_text(long_text(), encoding="utf-8")
    (folder / "place.xlsx").write_bytes(make_book())
    (folder / "folder").mkdir()
    (folder / "empty.yaml").touch()
    (folder / "binary.yaml").write_bytes(bytes(range(256)) * 100)
    (folder / "binary.xlsx").write_bytes(bytes(range(256)) * 100)
    os.mkfifo(folder / "pipe")
    (folder / "unreadable.yaml").touch(mode=0)
    (folder / "closed").mkdir(mode=0o500)
    (folder / "loop").symlink_to("loop")
    (folder / "broken").symlink_to("nowhere")
