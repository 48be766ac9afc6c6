"""The page of a scenario holds all that it takes to run it: its modules give the numbers that it was made with."""

import gzip
import json
import random
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest

from simulation.model.portable.packed import Packed
from simulation.page.write import open_page, page_data, write_data, write_page
from simulation.scenario.loading import load_scenario
from tests.page.made import DAY, ROOT, held, unpacked, whole_page
from tests.page.node import HERE, call, needs_node
from tests.portable.runner import Runner

pytestmark = pytest.mark.parity

REFERENCE = ROOT / "scenarios/mid-south-essex.yaml"
PARTNERSHIP = "mid-south-essex-partnership"

LIMIT = 600_000
"""Bytes of a page of a shipped place, as promised; mail and shared drives take what is larger unwillingly."""


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


@pytest.mark.parametrize("name", [each.stem for each in sorted((ROOT / "scenarios").glob("*.yaml"))])
def test_every_shipped_place_is_a_small_file(name):
    assert len(whole_page(name)) < LIMIT


def test_the_data_alone_are_those_in_the_page():
    path = ROOT / f"scenarios/{PARTNERSHIP}.yaml"
    alone = write_data(load_scenario(path), path, made=DAY, seed=1)
    data = json.loads(alone)
    del data["sha256"]
    assert data == held(whole_page(PARTNERSHIP), "place")
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


@needs_node
@pytest.mark.parametrize("level", [0, 1, 6, 9])
def test_a_browser_without_decompression_reads_the_same(level):
    """Stored blocks, codes of their own and the fixed ones; texts, noise, and repeats at any distance."""
    drawn = random.Random(level)
    contents = [b"", b"a", b"abc" * 3, bytes(70_000), drawn.randbytes(70_000), bytes(range(256)) * 1000]
    contents += [bytes(drawn.choices(b"ab <>{}", k=drawn.randrange(5000))) for _ in range(20)]
    contents.append(REFERENCE.read_bytes())
    texts = [b64encode(gzip.compress(each, level, mtime=0)).decode() for each in contents]
    found = call(HERE / "inflate_given.mjs", [("decompressed", text) for text in texts])
    assert [bytes(each) for each in found] == contents
