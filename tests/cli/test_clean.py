"""`trustsim clean`: compiled code of other versions goes; everything else in the cache folder stays."""

import os
import time

import pytest
from filelock import FileLock

from simulation.model.ensemble.cache import name_of_sources
from simulation.model.portable.cache import digest_of_portable_sources
from simulation.results.digests import digests_folder
from tests.cli.test_run import trustsim

pytestmark = pytest.mark.e2e

OLD, OLDER = "0123456789abcdef", "portable-0123456789abcdef"
KERNEL = "fedcba9876543210/ensemble_0a1b/kernel.simulate-19.py311"
AN_HOUR = 3600


def write(path, size=0):
    """Write a file as if an hour ago, in folders as old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size))
    age(path)


def age(path, seconds=AN_HOUR):
    """Change the times of a path and of all folders above it that the test made."""
    then = time.time() - seconds
    for each in (path, *list(path.parents)[:5]):
        if os.access(each, os.W_OK):
            os.utime(each, (then, then))


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A cache with an old kernel of 700 kB, an old engine of a page of 1.6 MB, and both of this version."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))  # digests are kept below it or in the next
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    root = tmp_path / "cache" / "trustsim"
    for name in (OLD, name_of_sources()):
        write(root / name / f"{KERNEL}.nbi", 100_000)
        write(root / name / f"{KERNEL}.1.nbc", 600_000)
    for name in (OLDER, f"portable-{digest_of_portable_sources()}"):
        write(root / name / "lock")
        write(root / name / "plain.wasm", 800_000)
        write(root / name / "simd.wasm", 800_000)
        write(root / name / "description.json")
        age(root / name)
    return root


def files_in(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_other_versions_are_removed_and_this_one_stays(root, tmp_path):
    done = trustsim("clean", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"removed 2 folders of compiled code in {root}: 2.3 MB freed\n"
    assert {path.name for path in root.iterdir()} == {name_of_sources(), f"portable-{digest_of_portable_sources()}"}
    assert trustsim("clean", cwd=tmp_path).stdout == f"nothing to remove in {root}\n"


def test_a_dry_run_says_the_same_and_removes_nothing(root, tmp_path):
    before = files_in(root)
    done = trustsim("clean", "--dry-run", cwd=tmp_path)
    assert done.stdout == f"would remove 2 folders of compiled code in {root}: 2.3 MB\n"
    assert files_in(root) == before


def test_all_includes_this_version(root, tmp_path):
    done = trustsim("clean", "--all", cwd=tmp_path)
    assert done.stdout == f"removed 4 folders of compiled code in {root}: 4.6 MB freed\n"
    assert list(root.iterdir()) == []


def test_what_is_not_ours_stays(root, tmp_path):
    """Files of other programs, folders of other names, links and what they lead to."""
    outside = tmp_path / "results"
    write(outside / f"{KERNEL}.nbi", 10)
    for path in (root / OLD / "notes.txt", root / "my-results" / f"{KERNEL}.nbi", root / "manifest.json"):
        write(path, 10)
    write(tmp_path / "cache" / "other-program" / "x.nbi", 10)
    (root / OLD / "linked").symlink_to(outside)
    (root / "aaaaaaaaaaaaaaaa").symlink_to(outside)
    age(root / OLD / "notes.txt")
    assert "removed 4 folders" in trustsim("clean", "--all", cwd=tmp_path).stdout
    left = files_in(tmp_path)
    assert {f"results/{KERNEL}.nbi", "cache/other-program/x.nbi"} <= left
    assert {f"cache/trustsim/{OLD}/notes.txt", f"cache/trustsim/{OLD}/linked"} <= left
    assert {"cache/trustsim/aaaaaaaaaaaaaaaa", "cache/trustsim/manifest.json"} <= left
    assert f"cache/trustsim/my-results/{KERNEL}.nbi" in left
    assert trustsim("clean", cwd=tmp_path).stdout == f"nothing to remove in {root}\n"


def test_what_another_process_compiles_stays(root, tmp_path):
    write(root / OLD / f"{KERNEL}.2.nbc", 10)
    age(root / OLD / f"{KERNEL}.2.nbc", seconds=5)
    with FileLock(root / OLDER / "lock"):
        age(root / OLDER / "lock")
        done = trustsim("clean", cwd=tmp_path)
    assert done.stdout == f"nothing to remove in {root}\n"
    assert done.stderr == (
        "2 folders stay: another process may be compiling (written to in the last minute, or locked)\n"
    )


def test_no_cache_at_all_is_no_mistake(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "none"))
    done = trustsim("clean", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"nothing to remove in {tmp_path / 'none' / 'trustsim'}\n")
    assert not (tmp_path / "none").exists()


@pytest.fixture
def digests(root, tmp_path):
    """Digests of two folders of results, one not changed for four months, and a file of somebody else."""
    folder = digests_folder()
    assert folder.is_relative_to(tmp_path)
    for name in ("0" * 32 + ".json", "." + "1" * 32 + ".json.77", "2" * 32 + ".json", "mine.json"):
        write(folder / name, 1_000_000)
        age(folder / name, (1 if name.startswith("2") else 120 * 24) * AN_HOUR)
    return folder


@pytest.mark.parametrize(("more", "left"), [((), {"2" * 32 + ".json", "mine.json"}), (("--all",), {"mine.json"})])
def test_old_digests_are_removed_and_nothing_else(more, left, digests, tmp_path):
    words = f"digests of {4 - len(left)} folders of results in {digests}: {4 - len(left)}.0 MB"
    before = files_in(tmp_path)
    done = trustsim("clean", *more, "--dry-run", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == f"would remove {words}"
    assert files_in(tmp_path) == before
    done = trustsim("clean", *more, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"removed {words} freed"
    assert files_in(digests) == left
