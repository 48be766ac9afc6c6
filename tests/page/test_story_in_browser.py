"""The story walked through in a browser, from the first step to the last, and its game played by keyboard."""

import re
import shutil

import pytest

from tests.page.made import whole_page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(BROWSER is None, reason="no browser is installed: apt install chromium"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("page") / "place.html"
    written.write_bytes(whole_page("two-trusts"))
    return written


@pytest.fixture
def page(path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-script=on]")
        yield page
        browser.close()
    assert errors == []


def reveal(page):
    page.get_by_role("button", name="Show what happens").press("Enter")
    page.locator("#story .shown > *").first.wait_for()
    return page.locator("#story .answer").first.inner_text()


def heading(page):
    return page.locator("#story h2").first.inner_text()


def test_a_room_walks_through_the_five_steps(page):
    page.get_by_role("button", name="Start the story").press("Enter")
    assert heading(page).startswith("Step 1 of 5")
    assert page.evaluate("document.activeElement === document.querySelector('#story h2')")
    page.get_by_label("How much of the gap").fill("5 8 9")
    page.get_by_label("How much of the gap").press("Tab")
    assert "middle of 3 guesses was £8m" in reveal(page)
    assert "3 guesses, the middle one £8m" in page.locator("#story svg").text_content()
    for choice in ("Neither", "It wears down", "Coaching"):
        page.get_by_role("button", name="Next").press("Enter")
        page.get_by_role("radio", name=choice, exact=True).check()
        assert "You said" in reveal(page)
        page.wait_for_timeout(400)  # The address follows a guess a little later.
    page.get_by_role("button", name="Next").press("Enter")
    page.get_by_label("How much more").fill("2")
    page.get_by_label("How much more").press("Tab")
    assert "Your guess was £2m" in reveal(page)
    together = page.get_by_role("region", name="All guesses together")
    assert together.locator("li").count() == 5
    assert "“It wears down”" in together.inner_text()
    page.wait_for_timeout(400)
    page.reload()
    page.wait_for_selector("html[data-script=on]")
    assert heading(page).startswith("Step 5 of 5")
    assert page.get_by_label("How much more").input_value() == "2"
    page.go_back()
    page.get_by_role("heading", name="Step 4 of 5").wait_for()
    assert page.get_by_role("radio", name="Coaching").is_checked()


def test_two_people_and_then_a_partner_play_five_rounds(page):
    page.get_by_role("button", name="Start the story").click()
    page.get_by_role("button", name="Next").click()
    ours = page.get_by_role("button", name=re.compile(r".+: our population$"))
    own = page.get_by_role("button", name=re.compile(r".+: my organisation$"))
    said = page.locator(".game .answer")
    ours.nth(0).press("Enter")
    assert "has asked. Now" in said.inner_text()
    assert page.locator(".game tbody tr").count() == 0
    own.nth(1).press("Enter")
    assert said.inner_text().startswith("Round 1:")
    for _ in range(4):
        ours.nth(0).press("Enter")
        ours.nth(1).press("Enter")
    assert "In 4 of 5 rounds both asked" in said.inner_text()
    page.get_by_label("is played by").select_option("own")
    assert ours.count() == 1
    for _ in range(5):
        ours.press("Enter")
    assert "In 0 of 5 rounds both asked" in said.inner_text()
    assert page.locator(".game tbody tr").count() == 5


@pytest.mark.parametrize("width", [1280, 640])
def test_no_step_breaks_a_rule_of_wcag_or_is_wider_than_the_window(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_role("button", name="Start the story").click()
    for step in range(5):
        reveal(page)
        found = Axe().run(page)
        assert found.violations_count == 0, (step, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if step < 4:
            page.get_by_role("button", name="Next").click()
