"""The page of a scenario holds all that it takes to run it: its modules give the numbers that it was made with."""

import gzip
import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import pairwise

import pytest

from simulation.model.portable.packed import Packed
from simulation.page.write import open_page, page_data, write_data, write_page
from simulation.scenario.loading import load_scenario
from tests.page.made import DAY, ROOT, whole_page
from tests.page.node import call, needs_node
from tests.portable.runner import Runner

pytestmark = pytest.mark.parity

REFERENCE = ROOT / "scenarios/mid-south-essex.yaml"
PARTNERSHIP = "mid-south-essex-partnership"


def held(page, name):
    """Return what an element of the page holds as JSON."""
    (text,) = re.findall(f'<script type="application/json" id="{name}">(.*?)</script>', page.decode())
    return json.loads(text)


def unpacked(text):
    return gzip.decompress(b64decode(text))


@pytest.mark.parametrize("build", ["plain", "simd"])
def test_a_page_can_check_itself_with_what_it_holds(build):
    place, modules = (held(whole_page(PARTNERSHIP), name) for name in ("place", "modules"))
    packed = Packed(place["packed"]["description"], unpacked(place["packed"]["block"]))
    runner = Runner(unpacked(modules[build]), modules["description"])
    tables = runner.run(packed, seed=int(place["seed"]), replicates=range(place["replicates"]))
    assert sha256(b"".join(tables[name] for name in place["digest_of"])).hexdigest() == place["digest"]


def test_other_places_and_seeds_have_other_digests():
    scenario = load_scenario(REFERENCE)
    digests = [page_data(scenario, REFERENCE, made=DAY, seed=seed)["digest"] for seed in (1, 2, 2**64 - 1)]
    digests.append(held(whole_page(PARTNERSHIP), "place")["digest"])
    assert len(set(digests)) == len(digests)


def test_the_reference_place_is_a_small_file_and_the_same_each_time():
    scenario = load_scenario(REFERENCE)
    once, twice = (write_page(scenario, REFERENCE, made=DAY, seed=1) for _ in range(2))
    assert once == twice
    assert len(once) < 600_000


def test_the_data_alone_are_those_in_the_page():
    path = ROOT / f"scenarios/{PARTNERSHIP}.yaml"
    alone = write_data(load_scenario(path), path, made=DAY, seed=1)
    assert json.loads(alone) == held(whole_page(PARTNERSHIP), "place")
    assert alone.startswith(b'{"format":1,')


def test_nothing_of_the_machine_is_in_the_packed_place():
    """Memory that was never written would differ from one build to the next."""
    scenario = load_scenario(REFERENCE)
    blocks = [unpacked(page_data(scenario, REFERENCE, made=DAY, seed=1)["packed"]["block"]) for _ in range(3)]
    assert all(one == other for one, other in pairwise(blocks))


def test_a_page_is_opened_from_a_folder_of_its_own(monkeypatch):
    """The browser is the world outside; it is asked for the file's address and nothing else."""
    asked = []
    monkeypatch.setattr("webbrowser.open", asked.append)
    first, second = (open_page(content, "place") for content in (b"one", b"two"))
    assert asked == [first.as_uri(), second.as_uri()]
    assert (first.name, first.read_bytes(), second.read_bytes()) == ("place.html", b"one", b"two")
    for path in (first, second):
        path.unlink()
        path.parent.rmdir()


@needs_node
def test_the_script_reads_what_was_compressed():
    contents = [b"", b"\0asm", bytes(range(256)) * 1000]
    texts = [b64encode(gzip.compress(content, mtime=0)).decode() for content in contents]
    found = call("compressed.js", [("decompressed", text) for text in texts])
    assert [bytes(each) for each in found] == contents
