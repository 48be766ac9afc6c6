"""Write a software bill of materials (CycloneDX): `make sbom`, or `python -m tests.supply_chain.sbom FOLDER`.

It lists the packages of the lock from which this environment was made, with the hashes of their files, their licences
and what needs what, the typeface in the wheel, and the developers' tools from npm. It has no serial number and no time
unless they are asked for, so that the same lock gives the same bytes.
"""

import argparse
import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from simulation import __version__
from tests.supply_chain.packages import (
    DEVELOPERS,
    OWN_LOCK,
    PROJECT,
    Locked,
    licence_of,
    named,
    needed_by,
    npm_packages,
    read_lock,
    users,
)

TYPEFACE = "Trustsim Sans"
_SCOPES = {"core": ComponentScope.REQUIRED, DEVELOPERS: ComponentScope.EXCLUDED}


def bill(*, stamped: bool = False) -> str:
    """Return the bill of materials as JSON.

    Args:
        stamped: True to give it a serial number of its own and the time.
    """
    bom = Bom()
    bom.metadata.component = _own()
    components = {name: _package(locked) for name, locked in read_lock(OWN_LOCK).items()}
    typeface = _typeface()
    bom.components.update([*components.values(), typeface, *_from_npm()])
    core = [each for name, each in components.items() if users()[name] == "core"]
    bom.register_dependency(bom.metadata.component, [*_asked(core), typeface])
    for name, component in components.items():
        needed = {other for other, _ in needed_by(name)}
        bom.register_dependency(component, [components[other] for other in sorted(needed & components.keys())])
    bom.serial_number = uuid4() if stamped else None
    bom.metadata.timestamp = datetime.now(UTC).replace(microsecond=0) if stamped else None
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2) + "\n"


def _own() -> Component:
    return Component(
        type=ComponentType.APPLICATION,
        name=PROJECT["name"],
        version=__version__,
        description=PROJECT["description"],
        licenses=[_licence(PROJECT["license"])],
        purl=PackageURL("pypi", name=PROJECT["name"], version=__version__),
        bom_ref=PROJECT["name"],
    )


def _package(locked: Locked) -> Component:
    """Return a package of the lock; any of the hashed files may be the one that is installed."""
    purl = PackageURL("pypi", name=locked.name, version=locked.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(purl)),
        comment="the files of this version, one of which is installed",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in locked.hashes],
    )
    return Component(
        type=ComponentType.LIBRARY,
        name=locked.name,
        version=locked.version,
        scope=_SCOPES.get(users()[locked.name], ComponentScope.OPTIONAL),
        licenses=[_licence(licence_of(locked.name))],
        purl=purl,
        bom_ref=str(purl),
        external_references=[files],
        properties=[Property(name="trustsim:for", value=users()[locked.name])],
    )


def _typeface() -> Component:
    return Component(
        type=ComponentType.FILE,
        name=TYPEFACE,
        version=__version__,
        description="The typeface of charts, papers and the page, made from Source Sans 3; it is in the wheel.",
        scope=ComponentScope.REQUIRED,
        licenses=[_licence("OFL-1.1")],
        bom_ref="typeface",
    )


def _from_npm() -> Iterator[Component]:
    for name, about in npm_packages().items():
        group, _, short = name.rpartition("/")
        purl = PackageURL("npm", namespace=group or None, name=short, version=about["version"])
        algorithm, _, digest = about["integrity"].partition("-")
        assert algorithm == "sha512", name
        yield Component(
            type=ComponentType.LIBRARY,
            group=group or None,
            name=short,
            version=about["version"],
            scope=ComponentScope.EXCLUDED,
            licenses=[_licence(about["license"])],
            purl=purl,
            bom_ref=str(purl),
            hashes=[HashType(alg=HashAlgorithm.SHA_512, content=base64.b64decode(digest).hex())],
            properties=[Property(name="trustsim:for", value=DEVELOPERS)],
        )


def _asked(core: list[Component]) -> Iterator[Component]:
    """Yield the packages that the project itself names."""
    names = {name for name, _ in named(map(Requirement, PROJECT["dependencies"]))}
    yield from (each for each in core if canonicalize_name(each.name) in names)


def _licence(text: str):
    return LicenseFactory().make_from_string(text, license_acknowledgement=LicenseAcknowledgement.DECLARED)


def main() -> None:
    """Write the bill of materials into a folder."""
    parser = argparse.ArgumentParser(description="Write a software bill of materials (CycloneDX).")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stamped", action="store_true", help="with a serial number and the time")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    path = asked.folder / f"{PROJECT['name']}-{__version__}.cdx.json"
    path.write_text(bill(stamped=asked.stamped), encoding="utf-8")
    print(f"wrote {path}")


if __name__ == "__main__":
    main()
