"""Pages made for tests, each once."""

import gzip
import json
import re
from base64 import b64decode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulation.page.document import Modules, as_json, compressed, write_document
from simulation.page.first_pictures import FirstSight, first_sight
from simulation.page.write import write_page
from simulation.scenario.loading import load_scenario

ROOT = Path(__file__).parents[2]
DAY = "2026-11-28"

HARD = "</script><b>&\"'<!-- \u2028 Llŷn"
"""A title that would break a page which does not escape it."""

MODULES = Modules(plain="cGxhaW4=", simd="c2ltZA==", description={"slots": 3})


def held(page: bytes, name: str) -> Any:
    """Return what an element of a page holds as compressed JSON."""
    (text,) = re.findall(f'<script type="text/plain" id="{name}" data-sha256="[0-9a-f]*">(.*?)</script>', page.decode())
    return json.loads(unpacked(text))


def holding(page: bytes, name: str, data: Any) -> bytes:
    """Return a page with other data in an element and the digest of them, as somebody may make one on purpose."""
    text = compressed(as_json(data)).encode()
    start = page.index(f'id="{name}" data-'.encode())
    begun = f'id="{name}" data-sha256="{sha256(text).hexdigest()}">'.encode()
    return page[:start] + begun + text + page[page.index(b"<", start) :]


def unpacked(text: str) -> bytes:
    """Return the bytes of a text in gzip and base64."""
    return gzip.decompress(b64decode(text))


@cache
def sight_of(name: str) -> FirstSight:
    """Return the first sight of a shipped scenario."""
    return first_sight(load_scenario(ROOT / f"scenarios/{name}.yaml"), seed=1, made=DAY)


def small_place(title: str = HARD):
    """Return as much of a place's data as the document itself reads."""
    return {
        "version": "0.1.0",
        "date": DAY,
        "seed": "1",
        "replicates": 256,
        "title": title,
        "file": "two-trusts.yaml",
        "months": ["2015-12", "2016-01"],
        "levers": [
            {
                "label": "Coaching",
                "does": "Coached leaders come to weigh the population more.",
                "pulled_by": "each organisation's board",
                "typical_cost": "£1.6m a year",
                "evidence": "d = 0.36",
                "status": "evidence",
                "uses": [{"strength": 0.5, "from": 1, "until": None}, {"strength": 0, "from": None, "until": None}],
            }
        ],
        "parameters": [
            {
                "label": "Opening trust",
                "unit": "0 to 1",
                "value": 0.4,
                "low": 0.3,
                "high": 0.5,
                "meaning": "Trust at the start",
                "source": "",
                "status": "assumed",
                "choices": None,
            },
            {
                "label": "Rule of trust",
                "unit": "rule",
                "value": 1.0,
                "low": 0.0,
                "high": 1.0,
                "meaning": "How trust moves",
                "source": "Slovic 1993",
                "status": "structural",
                "choices": ["linear", "confirmatory"],
            },
        ],
        "notes": {
            "must_not": ["Not to forecast a place's finances.", "Not to judge an organisation."],
            "sources": [["programmes.acute.value", "5 £m a year", "assumed here", "assumed"]],
            "sourced": "1 of this place’s 3 numbers names a source; take the other 2 as assumed.",
        },
    }


def small_page(name: str = "two-trusts", title: str = HARD) -> bytes:
    """Return a page with a shipped scenario's pictures and a small place's data."""
    return write_document(small_place(title), MODULES, sight_of(name))


@cache
def whole_page(name: str, title: str | None = None) -> bytes:
    """Return the page of a shipped scenario, under another title if one is given."""
    path = ROOT / f"scenarios/{name}.yaml"
    scenario = load_scenario(path)
    if title is not None:
        scenario = scenario.model_copy(update={"title": title})
    return write_page(scenario, path, made=DAY, seed=1)
