"""The data of another place, opened on the page: checked to the bit first, and refused in words if it differs."""

import base64
import gzip
import json

import pytest

from simulation.model.portable.cache import load_portable_engine
from simulation.page.document import as_json, sealed
from simulation.page.write import write_data
from simulation.scenario.loading import load_scenario
from tests.browser import needs_browser
from tests.page.made import DAY, ROOT, whole_page

pytestmark = [pytest.mark.e2e, needs_browser]

OTHER = ROOT / "scenarios/mid-south-essex-partnership.yaml"
THIRD = ROOT / "scenarios/mid-south-essex.yaml"
SHOWN = '#explore[data-shown="1024"]'


@pytest.fixture(scope="module")
def data():
    written = json.loads(write_data(load_scenario(OTHER), OTHER, made=DAY, seed=1))
    del written["sha256"]
    return written


@pytest.fixture
def page(browser, tmp_path):
    written = tmp_path / "place.html"
    written.write_bytes(whole_page("two-trusts"))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(written.as_uri() + "#set=coaching:0.7")
    page.wait_for_selector(SHOWN, timeout=120_000)
    yield page
    page.close()


def open_data(page, data, folder):
    """Open data whose digest of the file is right, so that their numbers are what is checked."""
    file = folder / "other.json"
    file.write_bytes(sealed(as_json(data)))
    page.locator("#open-place").set_input_files(file)


def flipped_digest(data):
    return data | {"digest": ("1" if data["digest"][0] == "0" else "0") + data["digest"][1:]}


def flipped_file(data):
    """Flip a bit in the middle of the compressed bytes."""
    packed = bytearray(base64.b64decode(data["packed"]["block"]))
    packed[len(packed) // 2] ^= 1
    return data | {"packed": data["packed"] | {"block": base64.b64encode(packed).decode()}}


def flipped_number(data):
    """Flip the last bit of a number that the model reads: a benefit that differs in its sixteenth figure."""
    block = bytearray(gzip.decompress(base64.b64decode(data["packed"]["block"])))
    field = load_portable_engine().description["arrays"]["place.opportunities"]["fields"]["benefit"]
    block[data["packed"]["description"]["arrays"]["place.opportunities"]["offset"] + field["offset"]] ^= 1
    return data | {"packed": data["packed"] | {"block": base64.b64encode(gzip.compress(block)).decode()}}


@pytest.mark.parametrize("flip", [flipped_digest, flipped_file, flipped_number])
def test_one_other_bit_is_refused_in_words_and_the_former_place_stays(page, data, tmp_path, flip):
    said = ["#title", "#stamp", "#headline", "#verdict", "#check", "#changes"]
    before = [page.locator(each).inner_text() for each in said]
    open_data(page, flip(data), tmp_path)
    page.wait_for_selector("#take-away [role=alert]:not([hidden])")
    alert = page.locator("#take-away [role=alert]").inner_text()
    assert alert.startswith("other.json does not come to the numbers that it says Python gave, so it is not shown")
    assert [page.locator(each).inner_text() for each in said] == before
    page.locator("#lever-coaching").press("End")
    page.wait_for_selector(SHOWN, timeout=120_000)
    assert "Coaching: 1" in page.locator("#changes").inner_text()


def test_the_former_place_s_headline_goes_with_its_name(page, data, tmp_path):
    page.evaluate("""() => new MutationObserver(() => {
      window.beside ??= document.getElementById("headline").innerText;
    }).observe(document.getElementById("title"), { childList: true, characterData: true, subtree: true })""")
    former = page.locator("#headline").inner_text()
    open_data(page, data, tmp_path)
    page.wait_for_selector(f"#title:has-text('{data['title']}')")
    assert page.evaluate("window.beside") not in (former, "", None)


def test_an_intact_file_is_checked_to_the_bit_and_shown(page, data, tmp_path):
    open_data(page, data, tmp_path)
    page.wait_for_selector(f"#title:has-text('{data['title']}')")
    page.wait_for_selector("#headline:has-text('As it stands £')", timeout=120_000)
    assert page.locator("#check").inner_text().startswith("Checked to the bit")
    assert not page.locator("#take-away [role=alert]").is_visible()


@pytest.mark.parametrize("is_damaged", [False, True], ids=["two places", "the second damaged"])
def test_of_two_files_chosen_at_once_the_last_one_counts_alone(page, data, tmp_path, is_damaged):
    """Both were followed, so that the numbers of one place stood under the name of the other."""
    third = json.loads(write_data(load_scenario(THIRD), THIRD, made=DAY, seed=1))
    del third["sha256"]
    files = [tmp_path / "other.json", tmp_path / "third.json"]
    for file, each in zip(files, (data, flipped_digest(third) if is_damaged else third), strict=True):
        file.write_bytes(sealed(as_json(each)))
    chosen = page.query_selector("#open-place")
    for file in files:
        chosen.set_input_files(file)
    if is_damaged:
        page.wait_for_selector("#take-away [role=alert]:not([hidden])")
        page.wait_for_timeout(2000)
        assert page.locator("#take-away [role=alert]").inner_text().startswith("third.json does not come to")
        assert page.locator("#title").inner_text() == "Two organisations, one programme, one contract"
        return
    page.wait_for_function("title => document.querySelector('#title').textContent === title", arg=third["title"])
    page.wait_for_selector(SHOWN, timeout=120_000)
    for strength in (0.3, 0.6):
        page.evaluate(f"location.hash = 'set=coaching:{strength}'")
        page.wait_for_timeout(4000)
        assert "the place as it stands £133m" in page.locator("#verdict").inner_text()
    assert page.locator("#title").inner_text() == third["title"]
