"""The page inside the frame of a notebook: `place.explore()`."""

import re

import pytest

from simulation import load_scenario
from tests.browser import ROOT, needs_browser
from tests.page.made import HARD, held

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def place():
    return load_scenario(ROOT / "scenarios/two-trusts.yaml").model_copy(update={"title": HARD})


@pytest.fixture(scope="module")
def page(place):
    return place.explore(height=640)


def test_exploring_a_place_makes_its_page(page, tmp_path):
    page.save(tmp_path / "place.html")
    content = (tmp_path / "place.html").read_text(encoding="utf-8")
    assert content.startswith("<!DOCTYPE html>")
    assert "height: 640px" in page._repr_html_()
    assert "<!DOCTYPE" not in repr(page)


@pytest.mark.parametrize(("given", "words"), [({"height": 10}, "height must be from 200"), ({"seed": -1}, "seed must")])
def test_numbers_out_of_range_are_refused(place, given, words):
    with pytest.raises(ValueError, match=words):
        place.explore(**given)


def test_a_place_in_python_has_no_file_that_a_saved_scenario_could_extend(page):
    """A name made up from the title may be that of another file, whose place a saved scenario would then change."""
    data = held(page.content, "place")
    assert (data["file"], data["name"]) == ("", "script-b-ll-n")
    made = re.search(r'from <span data-field="file">([^<]*)</span>', page.content.decode())
    assert made is not None
    assert made[1] == "a place without a file"


@needs_browser
def test_it_works_in_a_frame_and_asks_for_nothing(browser, page, tmp_path):
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><meta charset='utf-8'>{page._repr_html_()}", encoding="utf-8")
    shown = browser.new_context(offline=True).new_page()
    asked, errors = [], []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    shown.on("pageerror", lambda error: errors.append(str(error)))
    shown.goto(notebook.as_uri())
    frame = shown.frame_locator("iframe")
    frame.locator("html[data-script=on]").wait_for()
    assert frame.locator("#title").text_content() == HARD
    assert frame.locator("#check").inner_text().startswith("Checked to the bit")
    before = frame.locator("#headline").inner_text()
    slider = frame.locator("input[type=range]").first
    slider.focus()
    for _ in range(20):
        shown.keyboard.press("ArrowRight")
    shown.wait_for_function(
        "before => document.querySelector('iframe').contentDocument.querySelector('#headline').innerText !== before",
        arg=before,
    )
    assert frame.get_by_role("button", name=re.compile("address")).count() == 0
    assert frame.get_by_role("button", name=re.compile("Save as a scenario")).count() == 0
    assert "trustsim run" not in frame.locator("#take-away").inner_text()
    assert frame.locator("#made [data-field=file]").text_content() == "a place without a file"
    assert [each for each in asked if not each.startswith(("data:", "blob:null/"))] == [notebook.as_uri()]
    assert errors == []
    shown.context.close()
