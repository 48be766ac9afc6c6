"""The page as one HTML file: template, style, script and data, under a policy that lets it load nothing."""

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from simulation.charts.drawing.publish import xml_safe
from simulation.charts.drawing.typeface import FAMILY, WEIGHTS, face_file
from simulation.formatting import as_written, day_words, month_words
from simulation.page.bundle import bundle, read_modules
from simulation.page.first_pictures import FirstSight
from simulation.scenario.months import month_name, month_number

GENERATOR = "trustsim page"
"""The beginning of the name by which a page says that this program wrote it."""

ENTRY = "page.js"
"""The script's module that starts."""


@dataclass(frozen=True)
class Modules:
    """The model as WebAssembly, and how to call it.

    Attributes:
        plain: The module without vector instructions, in gzip and base64.
        simd: The module with them, for browsers that have them, in the same way.
        description: The arguments of its functions, as data that JSON can hold.
    """

    plain: str
    simd: str
    description: Mapping[str, Any]


def write_document(place: Mapping[str, Any], modules: Modules, sight: FirstSight) -> bytes:
    """Return the page as the bytes of a .html file.

    Args:
        place: The data of the place, as `trustsim page --data` writes it.
        modules: The model.
        sight: Headline and pictures to show before the script runs.

    Raises:
        BundleError: If the modules of the script cannot be joined.
    """
    script, style = page_script(), page_style()
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalize
    )
    environment.filters["sha256"] = _digest
    template = environment.from_string(_resource("page.html.j2"))
    return (
        template.render(
            place=place,
            sight=sight,
            generator=f"{GENERATOR} {place['version']}",
            day=day_words(place["date"]),
            policy=content_policy(script, style),
            style=style,
            script=script,
            place_text=compressed(as_json(place)),
            modules_text=compressed(as_json(vars(modules))),
            levers=[_lever(each, place["months"]) for each in place["levers"]],
            assumptions=[_assumption(each) for each in place["parameters"]],
            must_not=place["notes"]["must_not"],
            sources=place["notes"]["sources"],
            sourced=place["notes"]["sourced"],
        ).lstrip()
        + "\n"
    ).encode()


def page_script() -> str:
    """Return the page's scripts joined into one.

    Raises:
        BundleError: If they cannot be joined.
    """
    return bundle(read_modules(Path(str(files("simulation.page"))) / "script"), ENTRY)


def page_style() -> str:
    """Return the page's style with its typeface in it."""
    faces = (
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; src: url(data:font/woff2;base64,'
        f'{b64encode(face_file(weight, "latin.woff2").read_bytes()).decode()}) format("woff2"); }}\n'
        for weight in WEIGHTS
    )
    return "".join(faces) + _resource("page.css") + _resource("pictures.css") + _resource("story.css")


def content_policy(script: str, style: str) -> str:
    """Return the content-security policy: this script and this style alone, and no request.

    Args:
        script: The text of the one script.
        style: The text of the one style.
    """
    rules = {
        "default-src": "'none'",
        "script-src": f"'wasm-unsafe-eval' blob: {_hash(script)}",
        "worker-src": "blob:",
        "style-src": _hash(style),
        "img-src": "blob: data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def as_json(value: Any) -> bytes:
    """Return a value as JSON, as short as it can be.

    Args:
        value: Data that JSON can hold.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def compressed(content: bytes) -> str:
    """Return bytes in gzip and base64, without a time of day, as `compressed.js` reads them.

    Args:
        content: The bytes.
    """
    return b64encode(gzip.compress(content, mtime=0)).decode()


def sealed(content: bytes) -> bytes:
    """Return a JSON object with one more field, its last: the digest of all before it, as `open_place.js` reads it.

    Args:
        content: The object, without spaces at its end.
    """
    before = content.removesuffix(b"}")
    return before + f',"sha256":"{sha256(before).hexdigest()}"}}\n'.encode()


def _digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _lever(lever: Mapping[str, Any], months: Sequence[str]) -> dict[str, str]:
    """Return a lever in words, with how the file uses it."""
    uses = [_use(use, months) for use in lever["uses"] if use["strength"] > 0]
    words = {name: str(lever[name]) for name in ("label", "does", "pulled_by", "typical_cost")}
    evidence = "Assumed" if lever["status"] == "assumed" else f"Evidence: {lever['evidence']}"
    return words | {"in_use": ", ".join(uses) or "not in use", "evidence": evidence}


def _use(use: Mapping[str, Any], months: Sequence[str]) -> str:
    """Return a setting of a lever in words; its end too if it ends before the run does."""

    def shown(month: int) -> str:
        return month_words(month_name(month_number(months[0]) + month))

    until = use["until"]
    end = "" if until is None or until >= len(months) else f" to the end of {shown(until - 1)}"
    return f"{as_written(use['strength'], 3)} from {shown(use['from'] or 0)}{end}"


def _assumption(row: Mapping[str, Any]) -> dict[str, str]:
    """Return an assumption in words, with what the place uses."""

    def shown(value: float) -> str:
        return str(row["choices"][int(value)]) if row["choices"] else as_written(value)

    return {
        "label": row["label"],
        "value": shown(row["value"]),
        "range": f"{shown(row['low'])} to {shown(row['high'])}",
        "unit": row["unit"],
        "meaning": row["meaning"],
        "source": "Assumed" if row["status"] == "assumed" else f"{row['status'].capitalize()}: {row['source']}",
    }


def _finalize(value: Any) -> Any:
    """Leave out what HTML cannot hold of the texts that come from a scenario."""
    return xml_safe(value) if type(value) is str else value


def _resource(name: str) -> str:
    return files("simulation.page").joinpath(name).read_text(encoding="utf-8")
