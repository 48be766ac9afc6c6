"""The page of a scenario, or its data alone, from its file to bytes."""

import webbrowser
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from simulation.model.portable.cache import load_portable_engine
from simulation.model.portable.packed import pack_system
from simulation.model.run import OnProgress, run_ensemble
from simulation.model.system import build_system
from simulation.page.document import Modules, as_json, compressed, sealed, write_document
from simulation.page.first_pictures import first_sight
from simulation.page.place_data import REPLICATES, place_data
from simulation.scenario.schema import Scenario

CHECKED = ("system", "outturns", "agreements", "memberships")
"""The tables of the baseline by whose digest the page checks itself, in order."""


def page_data(scenario: Scenario, path: Path | None, *, made: str, seed: int) -> dict[str, Any]:
    """Return all data of a place: what `place_data` describes, the packed place, and the digest of its baseline.

    Args:
        scenario: The place.
        path: Its file; None if it has none.
        made: The day on which the page is made, YYYY-MM-DD.
        seed: Random seed, 0 to 2⁶⁴ − 1.
    """
    packed = pack_system(build_system(scenario))
    return {
        **place_data(scenario, path, date=made, seed=seed),
        "packed": {"description": packed.description, "block": compressed(packed.block)},
        "digest": _digest(scenario, seed),
        "digest_of": list(CHECKED),
    }


def write_page(
    scenario: Scenario, path: Path | None, *, made: str, seed: int, progress: OnProgress | None = None
) -> bytes:
    """Return the page of a scenario as the bytes of a .html file.

    Args:
        scenario: The place.
        path: Its file; None if it has none.
        made: The day on which the page is made, YYYY-MM-DD.
        seed: Random seed, 0 to 2⁶⁴ − 1.
        progress: Called with the number of replicates done since it was last called.
    """
    engine = load_portable_engine()
    modules = Modules(compressed(engine.plain), compressed(engine.with_simd), engine.description)
    data = page_data(scenario, path, made=made, seed=seed)
    return write_document(data, modules, first_sight(scenario, seed=seed, made=made, progress=progress))


def open_page(content: bytes, name: str) -> Path:
    """Write a page to a temporary folder and open it in the browser; the folder stays, since the browser reads it.

    Args:
        content: The page.
        name: Name of the file without its suffix.

    Returns:
        The file.
    """
    path = Path(mkdtemp(prefix="trustsim-")) / f"{name}.html"
    path.write_bytes(content)
    webbrowser.open(path.as_uri())
    return path


def write_data(scenario: Scenario, path: Path | None, *, made: str, seed: int) -> bytes:
    """Return the data of a place as the bytes of a .json file, which the page of another place can open.

    Args:
        scenario: The place.
        path: Its file; None if it has none.
        made: The day on which the file is made, YYYY-MM-DD.
        seed: Random seed, 0 to 2⁶⁴ − 1.
    """
    data = page_data(scenario, path, made=made, seed=seed)
    return sealed(as_json(data))


def _digest(scenario: Scenario, seed: int) -> str:
    """Return the SHA-256 of the baseline's tables, one after the other as bytes, in hexadecimal digits."""
    ensemble = run_ensemble(scenario, replicates=REPLICATES, seed=seed, engine="compiled")
    digest = sha256()
    for name in CHECKED:
        digest.update(getattr(ensemble, name).tobytes())
    return digest.hexdigest()
