"""Try many cases and print a table, or try one again and print its input.

python -m tests.fuzz --cases 20000 --seed 1
python -m tests.fuzz --only scenario:1234
python -m tests.fuzz --found
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from tests.cli.preloaded import import_all
from tests.fuzz.cases import Case, read_kept
from tests.fuzz.kinds.results import MAKING
from tests.fuzz.sandbox import made_results, remove_results
from tests.fuzz.table import Table
from tests.fuzz.trying import KINDS, SHARES, Tried, attempt, make_case

FOUND = Path(__file__).parent / "found"
MOST_RESULTS = 2000
"""Folders of results that are tried if nothing else is asked."""


def main() -> int:
    """Do what the arguments ask; return 1 if a case failed."""
    asked = _arguments()
    import_all()
    try:
        if asked.only:
            return _show(_case(asked.only))
        names = _found() if asked.found else list(_names(asked))
        if any(name.startswith(("results", "command")) for name in names):
            for kind in MAKING:
                made_results(kind)  # before the processes are forked, so that each need not make them
        return _try_all(names, asked)
    finally:
        remove_results()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=20_000, help="files and command lines; 20,000 if left out")
    parser.add_argument("--results", type=int, help="folders of results; as many, but at most 2,000, if left out")
    parser.add_argument("--seed", type=int, default=1, help="number of the first case; 1 if left out")
    parser.add_argument("--kinds", default=",".join(KINDS), help=f"of these kinds, with commas: {', '.join(KINDS)}")
    parser.add_argument("--only", metavar="CASE", help="try one, such as scenario:1234 or a name in tests/fuzz/found")
    parser.add_argument("--found", action="store_true", help="try what is kept in tests/fuzz/found")
    parser.add_argument("--keep", type=Path, default=FOUND, help="folder for cases that fail; tests/fuzz/found")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes; one for each processor")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after these")
    return parser.parse_args()


def _case(name: str) -> Case:
    """Return a case that was kept, or make one."""
    return read_kept(FOUND / name) if (FOUND / name).is_dir() else make_case(name)


def _show(case: Case) -> int:
    """Try a case and print its input, what was printed, and its faults."""
    for path, content in case.files.items():
        print(f"== {path}\n{content.decode('utf-8', 'backslashreplace')}")
    for change in case.changes:
        print("== changed by", *change)
    tried = attempt(case)
    for each in tried.done:
        words = " ".join(map(repr, each.words))
        print(f"== trustsim {words}: exit code {each.code}, {each.seconds:.1f} s, {each.megabytes:.0f} MB")
        print(each.stdout, each.stderr, sep="\n")
    print(*tried.faults or ["no faults"], sep="\n")
    return bool(tried.faults)


def _found() -> list[str]:
    return sorted(path.name for path in FOUND.iterdir() if path.is_dir())


def _names(asked: argparse.Namespace) -> Iterator[str]:
    """Yield the names of cases: files and command lines by their shares, then folders of results."""
    kinds = asked.kinds.split(",")
    turns = [kind for kind in kinds if kind != "results" for _ in range(SHARES[kind])]
    if turns:
        yield from islice(_in_turn(turns, asked.seed), asked.cases)
    if "results" in kinds:
        count = min(asked.cases, MOST_RESULTS) if asked.results is None else asked.results
        yield from islice(_in_turn(["results"], asked.seed), count)


def _in_turn(turns: list[str], number: int) -> Iterator[str]:
    while True:
        for kind in turns:
            yield f"{kind}:{number}"
            number += 1


def _try(name: str) -> Tried:
    return attempt(_case(name))


def _try_all(names: Iterable[str], asked: argparse.Namespace) -> int:
    """Try cases in several processes, print and keep those with faults, and print the table."""
    begin, table = time.monotonic(), Table()
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("fork")) as pool:
        for number, tried in enumerate(pool.map(_try, names, chunksize=4), start=1):
            table.add(tried)
            if tried.faults:
                kept = None if asked.found else tried.case.keep(asked.keep)
                print(
                    f"{tried.case.name}: {'; '.join(tried.faults)[:600]}",
                    *([f"  kept in {kept}"] if kept else []),
                    sep="\n",
                )
            if number % 500 == 0:
                print(f"{number:,} tried, {table.failures} failures", file=sys.stderr, flush=True)
            if time.monotonic() - begin > asked.minutes * 60:
                pool.shutdown(cancel_futures=True)
                break
    print(*table.lines(), sep="\n")
    return bool(table.failures)


if __name__ == "__main__":
    sys.exit(main())
