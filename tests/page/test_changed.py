"""A page whose file was changed after it was made says so, in place of numbers that nobody made."""

import re
from itertools import count

import pytest
import yaml

from simulation.page.document import compressed
from simulation.page.write import write_data, write_page
from simulation.scenario.loading import load_scenario
from tests.browser import needs_browser
from tests.page.made import DAY, HARD, ROOT, held, whole_page

pytestmark = [pytest.mark.e2e, needs_browser]

PLACE = "two-trusts"
CHANGED = "This file is not as it was made: "
DID_NOT_RUN = "The script of this file did not run, so nothing can be moved and nothing was checked"


@pytest.fixture(scope="module")
def content():
    return whole_page(PLACE)


def begin_of(page, name):
    """Return where the text of an element begins."""
    return page.index(b">", page.index(f'id="{name}"'.encode())) + 1


def with_other_letter(page, name, at):
    """Return a page with another letter within an element: one file in a thousand copied by hand, or a disk's fault."""
    begin = begin_of(page, name)
    place = begin + int((page.index(b"</script>", begin) - begin) * at)
    other = b"A" if page[place : place + 1] != b"A" else b"B"
    return page[:place] + other + page[place + 1 :]


def opened(browser, content, folder, address=""):
    """Open a page and return it with what it asked for."""
    path, asked = folder / "page.html", []
    path.write_bytes(content)
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri() + address)
    return page, [each for each in asked if not each.startswith(("data:", "blob:", "file:"))]


@pytest.mark.parametrize("at", [0, 0.3, 0.999])
@pytest.mark.parametrize(("name", "words"), [("place", "the data of the place were"), ("modules", "the model was")])
def test_another_letter_in_its_data_or_model_is_said(browser, content, name, words, at, tmp_path):
    page, _ = opened(browser, with_other_letter(content, name, at), tmp_path)
    page.wait_for_selector(f"#check:has-text('{CHANGED}{words} changed')")
    assert page.locator("input[type=range]").count() == 0
    assert not any(page.locator(each).is_visible() for each in ("#headline", "#explore", "#levers", "svg >> nth=0"))
    page.close()


def test_a_number_that_was_edited_is_said_even_where_the_engine_does_not_meet_it(browser, content, tmp_path):
    place = held(content, "place")
    place["points"]["count"] = 1
    edited = compressed(repr(place).encode()).encode()
    begin = begin_of(content, "place")
    page, _ = opened(browser, content[:begin] + edited + content[content.index(b"</script>", begin) :], tmp_path)
    page.wait_for_selector(f"#check:has-text('{CHANGED}')")
    page.close()


def test_a_file_without_its_digests_is_not_believed(browser, content, tmp_path):
    page, _ = opened(browser, re.sub(rb' data-sha256="[0-9a-f]+"', b"", content), tmp_path)
    page.wait_for_selector(f"#check:has-text('{CHANGED}')")
    page.close()


def test_a_script_that_was_changed_does_not_run_and_the_page_says_so(browser, content, tmp_path):
    begin = begin_of(content, "script")
    changed = content[:begin] + b"document.title = 'mine';" + content[begin:]
    page, _ = opened(browser, changed.replace(b"0s 20s", b"0s .1s"), tmp_path)
    page.wait_for_timeout(500)
    assert page.title() != "mine"
    assert page.locator("html").get_attribute("data-script") is None
    page.close()
    page, _ = opened(browser, changed, tmp_path)
    assert not page.locator(".late").is_visible()
    page.wait_for_timeout(21_000)
    assert page.locator(".late").is_visible()
    assert page.locator(".late").inner_text().startswith(DID_NOT_RUN)
    page.close()


def test_what_the_page_says_of_itself_comes_from_its_checked_data(browser, content, tmp_path):
    fields = re.compile(rb'(<span data-field="(\w+)">)([^<]+)')
    assert {name for _, name, _ in fields.findall(content)} == {b"day", b"file", b"replicates", b"seed", b"version"}
    edited = re.sub(rb"Version [0-9.]+, .*, random seed 1", b"Version another", fields.sub(rb"\1another", content))
    assert edited.count(b"another") > len(fields.findall(content))
    page, _ = opened(browser, edited, tmp_path)
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=60_000)
    said = page.locator("#stamp").inner_text(), page.locator("#made > p").first.text_content()
    assert not any("another" in each for each in said)
    assert said[0].encode() in content
    assert [value for _, _, value in fields.findall(content)] == [
        each.encode() for each in page.locator("[data-field]").all_text_contents()
    ]
    page.close()


def test_a_page_as_it_was_made_says_nothing_of_the_kind(browser, content, tmp_path):
    page, asked = opened(browser, content, tmp_path)
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=60_000)
    assert not page.locator(".late").is_visible()
    assert asked == []
    page.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b'"title":"', b'"title":"Other ', 1),
        lambda text: re.sub(rb',"sha256":"[0-9a-f]{64}"', b"", text),
        lambda text: text.replace(b'"seed":"1"', b'"seed":"2"'),
    ],
    ids=["a title", "no digest", "the seed"],
)
def test_data_of_a_place_that_were_changed_are_not_shown(browser, content, change, tmp_path):
    file = ROOT / f"scenarios/{PLACE}.yaml"
    data = write_data(load_scenario(file), file, made=DAY, seed=1)
    assert change(data) != data
    (tmp_path / "other.json").write_bytes(change(data))
    page, _ = opened(browser, content, tmp_path)
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=60_000)
    page.locator("#open-place").set_input_files(tmp_path / "other.json")
    page.wait_for_selector("#take-away [role=alert]:not([hidden])")
    said = page.locator("#take-away [role=alert]").inner_text()
    assert said == "other.json is not as it was written, so it is not shown: write it again by trustsim page --data."
    page.close()


HOSTILE = f"<img src=x onerror=alert(1)>{HARD}**bold** $\\frac{{1}}{{2}}$ [a](javascript:alert(1)) `x` &lt;b&gt;"
"""A title with markup of HTML, Markdown and LaTeX; it is shown letter by letter."""


def hostile_place():
    """Return a place every free text of which is hostile: titles, names, sources and notes; names are numbered."""
    number = count(1)

    def spoilt(value, key=""):
        if isinstance(value, dict):
            return {name: spoilt(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [spoilt(each, key) for each in value]
        if key not in {"title", "description", "name", "note", "source", "label"} or not value:
            return value
        return f"{HOSTILE} {next(number)}" if key in {"title", "name"} else HOSTILE

    written = yaml.safe_load((ROOT / f"scenarios/{PLACE}.yaml").read_text(encoding="utf-8"))
    return {**spoilt(written), "title": HOSTILE}


def test_hostile_texts_are_letters_in_every_view(browser, tmp_path):
    """In all pictures, the story and what can be chosen, no text becomes markup."""
    file = tmp_path / "hostile.yaml"
    file.write_text(yaml.safe_dump(hostile_place(), allow_unicode=True), encoding="utf-8")
    page, asked = opened(browser, write_page(load_scenario(file), file, made=DAY, seed=1), tmp_path)
    raised = []
    page.on("dialog", lambda dialog: (raised.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: raised.append(str(error)))
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=60_000)
    assert page.locator("#title").text_content() == HOSTILE
    for chosen in page.locator("select").all():
        for option in chosen.locator("option").all():
            if chosen.is_visible() and chosen.is_enabled():
                chosen.select_option(option.get_attribute("value"), timeout=5000)
                page.wait_for_timeout(50)
    assert page.locator("img, b, em, strong, math, a[href^=javascript]").count() == 0
    for button in page.locator("#story button, #parts a").all():
        if button.is_visible() and button.is_enabled():
            button.click(timeout=5000)
            page.wait_for_timeout(100)
    assert page.locator("img, #pictures b, em, strong, math, a[href^=javascript]").count() == 0
    assert "frac{1}{2}" in page.locator("#title").inner_text()
    assert (raised, asked) == ([], [])
    page.close()


@pytest.mark.parametrize(
    "address",
    [
        "set=coaching:NaN", "set=coaching:Infinity", "set=coaching:-1e308", "set=coaching:1e999", "set=coaching:0x10",
        "set=coaching:" + "9" * 5000, "set=opening_trust:<img src=x onerror=alert(1)>", "set=__proto__:1",
        "set=constructor:1,toString:2", "A=<script>alert(1)</script>", "month=99999999999", "step=-1e9", "pictures=x,y",
        "guesses=" + "1:1," * 2000, "%", "%00", "&" * 3000, "=" * 100, "set=coaching:0.5@0000-00", "against=__proto__",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_does_no_harm(browser, content, address, tmp_path):
    page, asked = opened(browser, content, tmp_path, f"#{address}")
    raised = []
    page.on("dialog", lambda dialog: (raised.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: raised.append(str(error)))
    page.wait_for_selector("#check:has-text('Checked to the bit')", timeout=60_000)
    assert "NaN" not in page.locator("#headline").inner_text()
    assert "Infinity" not in page.locator("#headline").inner_text()
    assert page.locator("img, #problems script").count() == 0
    assert (raised, asked) == ([], [])
    page.close()
