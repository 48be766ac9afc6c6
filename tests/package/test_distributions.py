"""What is in the wheel and in the source distribution, and that the same source gives the same bytes."""

import os
import tarfile
from datetime import UTC, datetime
from email import message_from_string
from zipfile import ZipFile

import pytest

from simulation import __version__
from tests.package.conftest import build, copy_all_that_git_has, files_of_git

pytestmark = pytest.mark.e2e


def test_the_wheel_has_every_file_of_the_package_and_no_other(wheel):
    names = [name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert sorted(names) == files_of_git("simulation")


def test_the_source_distribution_has_the_package_the_scenarios_and_what_explains_them(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert names >= {*files_of_git("simulation", "scenarios"), "CHANGELOG.md", "CITATION.cff", "LICENSE", "README.md"}
    assert not [name for name in names if name.startswith(("tests/", "build/"))]


def test_the_wheel_says_its_version_and_its_licences(wheel):
    with ZipFile(wheel) as archive:
        folder = f"trust_between_trusts-{__version__}.dist-info"
        names = set(archive.namelist())
        metadata = message_from_string(archive.read(f"{folder}/METADATA").decode())
    assert metadata["Version"] == __version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert {f"{folder}/licenses/{name}" for name in metadata.get_all("License-File")} <= names
    assert "Programming Language :: Python :: 3.11" in metadata.get_all("Classifier")


def test_two_copies_give_the_same_bytes(tmp_path):
    """Their folders, umask, times of files, time zone, locale and hash seed differ."""
    made = []
    looks = [(0o022, 10**9, "UTC", "C.UTF-8"), (0o077, 15 * 10**8, "Asia/Kathmandu", "C")]
    for number, (umask, changed, zone, locale) in enumerate(looks):
        copy = tmp_path / f"copy-{number}" / ("below" * number)
        copy.mkdir(parents=True)
        before = os.umask(umask)
        try:
            copy_all_that_git_has(copy)
            for path in copy.rglob("*"):
                path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)
                os.utime(path, (changed, changed))
            variables = {"SOURCE_DATE_EPOCH": "1700000000", "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number)}
            folder = build(copy, tmp_path / f"built-{number}", **variables)
        finally:
            os.umask(before)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_files_have_the_time_that_is_asked_for_and_no_owner(tmp_path):
    copy_all_that_git_has(tmp_path)
    folder = build(tmp_path, tmp_path / "built", SOURCE_DATE_EPOCH="1700000000")
    (path,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    with tarfile.open(path) as archive:
        found = {(each.mtime, each.uid, each.gid, each.uname, each.gname) for each in archive.getmembers()}
    assert found == {(1700000000, 0, 0, "", "")}
    made = datetime.fromtimestamp(1700000000, UTC)
    with ZipFile(wheel) as archive:
        assert {each.date_time[:5] for each in archive.infolist()} == {made.timetuple()[:5]}
