"""The bill of materials, read as another tool reads it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from simulation import __version__
from tests.supply_chain.licences import rows
from tests.supply_chain.packages import OWN_LOCK, ROOT, npm_packages, read_lock

pytestmark = pytest.mark.unit


def write(folder, *options, seed="0"):
    """Write it as `make sbom` does, in a process of its own, and return its text."""
    command = [sys.executable, "-m", "tests.supply_chain.sbom", str(folder), *options]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    (path,) = folder.iterdir()
    assert path.name == f"trust-between-trusts-{__version__}.cdx.json"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    return write(tmp_path_factory.mktemp("sbom") / "dist")


@pytest.fixture(scope="module")
def bom(text):
    return json.loads(text)


@pytest.fixture(scope="module")
def packages(bom):
    """Packages of Python, by name."""
    return {each["name"]: each for each in bom["components"] if each.get("purl", "").startswith("pkg:pypi/")}


def licence(component):
    (found,) = component["licenses"]
    return found.get("expression") or found["license"].get("id") or found["license"]["name"]


def test_it_is_valid_cyclonedx(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_it_has_every_package_of_the_lock_with_its_version_hashes_and_licence(packages):
    lock = {each.name: each for each in read_lock(OWN_LOCK).values()}
    assert packages.keys() == lock.keys()
    for name, stated, who in rows():
        component = packages[name]
        assert component["version"] == lock[name].version
        assert component["purl"] == f"pkg:pypi/{name}@{lock[name].version}"
        (files,) = component["externalReferences"]
        assert {each["content"] for each in files["hashes"]} == set(lock[name].hashes)
        assert licence(component).lower() == stated.lower()
        assert {each["value"] for each in component["properties"]} == {who}


def test_it_says_what_users_need_and_what_is_for_developers(packages):
    scopes = {name: component["scope"] for name, component in packages.items()}
    assert {scopes[name] for name in ("numpy", "mesa", "pillow")} == {"required"}
    assert {scopes[name] for name in ("python-docx", "scikit-learn")} == {"optional"}
    assert {scopes[name] for name in ("pytest", "ruff", "hatchling")} == {"excluded"}


def test_it_has_the_typeface_and_the_tools_from_npm(bom):
    (typeface,) = (each for each in bom["components"] if each["type"] == "file")
    assert (licence(typeface), typeface["scope"]) == ("OFL-1.1", "required")
    npm = [each for each in bom["components"] if each.get("purl", "").startswith("pkg:npm/")]
    assert len(npm) == len(npm_packages())
    assert {each["scope"] for each in npm} == {"excluded"}


def test_it_says_what_needs_what(bom):
    assert licence(bom["metadata"]["component"]) == "MIT AND OFL-1.1"
    needs = {each["ref"].partition("@")[0]: each.get("dependsOn", []) for each in bom["dependencies"]}
    own = {each.partition("@")[0] for each in needs["trust-between-trusts"]}
    assert {"pkg:pypi/numba", "pkg:pypi/pydantic", "typeface"} <= own
    assert "pkg:pypi/pytest" not in own
    assert "pkg:pypi/llvmlite" in {each.partition("@")[0] for each in needs["pkg:pypi/numba"]}


def test_it_names_no_machine_and_no_registry(text):
    """The only addresses are those of the format and of the library that wrote it."""
    assert str(ROOT) not in text
    assert f"{Path.home()}/" not in text
    own = re.sub(r'"tools": \{.*?\n    \}', "", text, flags=re.DOTALL)
    assert set(re.findall(r"\w+://[^\"/]+", own)) <= {"http://cyclonedx.org"}
    assert "file:" not in text


def test_the_same_lock_gives_the_same_bytes_unless_stamped(text, tmp_path):
    assert write(tmp_path / "again", seed="7") == text
    assert not {"serialNumber", "timestamp"} & {*json.loads(text), *json.loads(text)["metadata"]}
    stamped = json.loads(write(tmp_path / "stamped", "--stamped"))
    assert stamped["serialNumber"].startswith("urn:uuid:")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)", stamped["metadata"]["timestamp"])
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(stamped)) is None
