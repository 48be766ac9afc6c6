"""The end of a lever in a browser: said beside its slider, and moved under More."""

import re

import pytest

from simulation.page.write import write_page
from tests.browser import needs_browser
from tests.page.made import DAY
from tests.page.test_lever_words import LATER, SAID, SHORT, subject

pytestmark = [pytest.mark.e2e, needs_browser]


@pytest.fixture
def page(browser, tmp_path):
    def opened(coaching, address=""):
        path = tmp_path / "place.html"
        path.write_bytes(write_page(subject(coaching), path, made=DAY, seed=1))
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(path.as_uri() + address)
        page.wait_for_selector("html[data-script=on]")
        return page

    return opened


def test_the_page_shows_an_end_and_lets_it_be_moved(page):
    shown = page(SHORT, "#set=coaching:1")
    row = shown.locator('[data-lever="coaching"]')
    words = f"1, from December 2015 {SAID}"
    assert row.locator(".beyond").inner_text() == f"{words}."
    assert shown.locator("#lever-coaching").get_attribute("aria-valuetext") == words
    assert f"Coaching: {words}" in shown.locator("#changes").inner_text()
    row.locator("summary").first.click()
    end = shown.locator("#lever-coaching-end")
    assert end.locator("option:checked").inner_text() == "Feb 2016"
    end.select_option("Apr 2016")
    assert "to the end of April 2016" in row.locator(".beyond").inner_text()
    shown.wait_for_function("location.hash.includes('~2016-05')")
    end.select_option("the run")
    assert not row.locator(".beyond").is_visible()
    assert "to the end of the run" in shown.locator("#changes").inner_text()
    shown.locator("#lever-coaching-from").select_option("Mar 2016")
    assert end.locator("option:disabled").all_inner_texts() == ["Dec 2015", "Jan 2016", "Feb 2016"]
    shown.context.close()


def test_the_page_shows_all_settings_of_the_file_and_so_does_the_file_without_its_script(page, browser, tmp_path):
    shown = page([SHORT, LATER])
    words = f"0.5, from December 2015 {SAID}; 0.25, from May 2016"
    assert shown.locator('[data-lever="coaching"] .beyond').inner_text() == f"2 settings in the file: {words}."
    assert shown.locator("#lever-coaching").get_attribute("aria-valuetext") == words
    shown.context.close()
    bare = browser.new_context(java_script_enabled=False).new_page()
    bare.goto((tmp_path / "place.html").as_uri())
    assert re.search(
        rf"Coaching: 0\.5 from December 2015 {SAID}, 0\.25 from May 2016", bare.locator("#levers").inner_text()
    )
    bare.context.close()
