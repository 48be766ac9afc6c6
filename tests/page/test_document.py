"""The page's file: complete, safe against any text, reproducible, and asking for nothing."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from simulation.page.document import write_document
from tests.page.made import HARD, MODULES, ROOT, held, sight_of, small_page, small_place

pytestmark = pytest.mark.unit

FETCHES = {"src", "srcset", "data", "poster", "action", "formaction", "background", "ping"}


class Parsed(HTMLParser):
    """The elements of a page, with the text of scripts and styles as a browser sees it."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.inside, self.texts = [], [], []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside.append(len(self.elements) - 1)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_endtag(self, tag):
        while self.inside and self.elements[self.inside.pop()][0] != tag:
            pass

    def handle_data(self, data):
        if self.inside:
            self.texts[self.inside[-1]] += data

    def texts_of(self, tag, **attributes):
        return [
            text
            for (name, given), text in zip(self.elements, self.texts, strict=True)
            if name == tag and attributes.items() <= given.items()
        ]


@pytest.fixture(scope="module")
def parsed():
    return Parsed(small_page())


def test_two_builds_give_the_same_bytes():
    assert small_page() == small_page()


def test_it_refers_to_nothing_outside_itself(parsed):
    for tag, attributes in parsed.elements:
        assert not FETCHES & set(attributes), tag
        if "href" in attributes:
            assert attributes["href"].startswith("#") or attributes["href"] == "data:,", tag
        assert tag not in {"base", "iframe", "object", "embed", "img", "form"}
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag
    (style,) = parsed.texts_of("style")
    assert all(address.startswith("data:font/woff2") for address in re.findall(r"url\(([^)]*)\)", style))
    assert "@import" not in style


def test_the_policy_allows_its_own_script_and_style_alone(parsed):
    policy = next(given["content"] for tag, given in parsed.elements if tag == "meta" and "http-equiv" in given)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def hashed(text):
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    (script,), (style,) = parsed.texts_of("script", id="script"), parsed.texts_of("style")
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'wasm-unsafe-eval' blob: {hashed(script)}",
        "worker-src": "blob:",
        "style-src": hashed(style),
        "img-src": "blob: data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_data_come_back_as_they_were(parsed):
    assert held(small_page(), "place") == small_place()
    assert held(small_page(), "modules") == vars(MODULES)
    assert all(given["type"] == "text/plain" for tag, given in parsed.elements
               if tag == "script" and given["id"] != "script")  # fmt: skip


def test_a_title_is_a_text_and_nothing_else(parsed):
    assert parsed.texts_of("h1", id="title") == [HARD]
    assert "b" not in {tag for tag, _ in parsed.elements}


def test_it_says_what_it_is_and_what_it_must_not_be_used_for(parsed):
    (stamp,) = parsed.texts_of("p", id="stamp")
    assert stamp == "This is not a forecast. Version 0.1.0, 28 November 2026, random seed 1."
    assert set(small_place()["notes"]["must_not"]) <= set(parsed.texts_of("li"))


def test_the_table_of_sources_says_what_it_holds_and_how_many_numbers_name_none(parsed):
    assert "The numbers that name a source" in parsed.texts_of("summary")
    assert small_place()["notes"]["sourced"] in parsed.texts_of("p")
    without = small_place()
    without["notes"] |= {
        "sources": [],
        "sourced": "None of this place’s 3 numbers names a source: take them as assumed.",
    }
    page = Parsed(write_document(without, MODULES, sight_of("two-trusts")))
    assert without["notes"]["sourced"] in page.texts_of("p")
    assert any(tag == "details" and "hidden" in given for tag, given in page.elements)


def test_levers_and_assumptions_can_be_read_without_a_script(parsed):
    said = parsed.texts_of("summary")
    assert "Coaching: 0.5 from January 2016" in said
    assert "Opening trust: 0.4" in said
    assert "Rule of trust: confirmatory" in said
    assert any("Range linear to confirmatory; rule. Structural: Slovic 1993." in text for text in parsed.texts_of("p"))


def test_a_lever_that_starts_after_the_run_is_said_with_its_month():
    late = small_place()
    late["levers"][0]["uses"] = [{"strength": 1.0, "from": 5, "until": None}]
    said = Parsed(write_document(late, MODULES, sight_of("two-trusts"))).texts_of("summary")
    assert "Coaching: 1 from May 2016" in said


def test_every_region_that_scripts_fill_is_there_once(parsed):
    ids = [given["id"] for _, given in parsed.elements if "id" in given]
    assert len(ids) == len(set(ids))
    template = (ROOT / "simulation/page/page.html.j2").read_text(encoding="utf-8")
    listed = set(re.findall(r"#([a-z][a-z0-9-]*)", template.partition("#}")[0]))
    assert listed <= set(ids)
    assert {"answer", "gap", "slot-1", "slot-2", "story", "take-away", "levers"} <= listed


def test_it_names_no_machine_and_no_registry():
    text = re.sub(rb'<script type="text/plain".*?</script>|base64,[A-Za-z0-9+/=]+', b"", small_page())
    for word in (b"/work", b"/home", b"/tmp", b"/root", b"file://", b"npmjs", b"pypi", b"localhost"):
        assert word not in text
    assert set(re.findall(rb"https?://[\w./]+", text)) == {b"http://www.w3.org/2000/svg"}
