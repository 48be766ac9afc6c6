"""What is in the wheel and in the source distribution."""

import tarfile
from email import message_from_string
from zipfile import ZipFile

import pytest

from simulation import __version__
from tests.package.conftest import files_of_git

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
