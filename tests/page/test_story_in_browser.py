"""The story walked through in a browser, from the first step to the last, and its game played by keyboard."""

import re

import pytest

from simulation.page.write import write_page
from tests.browser import BROWSER, needs_browser
from tests.page.made import DAY, whole_page
from tests.places import place, random_place, scenario

pytestmark = [
    pytest.mark.e2e,
    needs_browser,
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
    page.locator("#story .shown :is(svg, table)").first.wait_for()
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
        page.get_by_role("button", name=choice, exact=True).press("Enter")
        assert f"Your guess was “{choice}”" in reveal(page)
        if choice == "Neither":
            page.get_by_label("is played by").select_option("copy")
            for _ in range(5):
                page.get_by_role("button", name=re.compile(r".+: our population$")).press("Enter")
    page.get_by_role("button", name="Next").press("Enter")
    page.get_by_label("How much more").fill("2")
    page.get_by_label("How much more").press("Tab")
    assert "Your guess was £2m" in reveal(page)
    page.get_by_role("button", name="Next: all guesses together").press("Enter")
    together = page.get_by_role("region", name="All guesses together")
    page.wait_for_function("!document.querySelector('#story table').innerText.includes('Working it out')")
    assert together.locator("tbody tr").count() == 5
    assert "“It wears down”" in together.inner_text()
    game = page.get_by_role("region", name="The games").locator("tbody tr")
    assert re.search(r"copies you.*\t5\t5\t5\t5\t0\.40 to 0\.\d\d\t", game.inner_text().replace("\n", " "))
    assert "3 guesses, the middle one £8m" in page.locator("#story svg").text_content()
    page.reload()
    page.wait_for_selector("html[data-script=on]")
    assert heading(page) == "All guesses together"
    assert game.count() == 1
    page.go_back()
    page.get_by_role("heading", name="Step 5 of 5").wait_for()
    assert page.get_by_label("How much more").input_value() == "2"
    page.go_back()
    page.get_by_role("heading", name="Step 4 of 5").wait_for()
    assert "Your guess was “Coaching”" in page.locator("#story .said").inner_text()
    page.get_by_role("button", name="Skip the story").press("Enter")
    page.locator("#gap svg", has_text="3 guesses, the middle one £8m").wait_for()


def test_a_whole_room_votes_and_a_vote_is_taken_back(page):
    page.goto(page.url + "#step=3")
    page.get_by_role("heading", name="Step 3 of 5").wait_for()
    for choice in ("It wears down", "It grows", "It wears down", "It stays much the same"):
        page.get_by_role("button", name=choice, exact=True).press("Enter")
    page.get_by_role("button", name="Take back a guess of “It grows”").press("Enter")
    said = "3 guesses: 2 for “It wears down” and 1 for “It stays much the same”."
    assert page.locator("#story .said").inner_text() == said
    assert reveal(page).startswith(said)


def test_nothing_is_seen_before_it_is_guessed_and_links_lead_out_of_the_story(page):
    assert page.locator("#headline").is_visible()
    page.get_by_role("button", name="Start the story").press("Enter")
    assert not page.locator("#headline").is_visible()
    assert not page.locator("#gap").is_visible()
    page.get_by_role("link", name="Explore").press("Enter")
    assert page.locator("#gap").is_visible()
    assert page.get_by_role("button", name="Start the story").is_visible()


def test_a_reload_a_shared_link_and_back_keep_the_step_the_guesses_and_the_game(page):
    page.goto(page.url + "#step=1")
    page.get_by_role("heading", name="Step 1 of 5").wait_for()
    page.get_by_label("How much of the gap").fill("5 8")
    page.wait_for_timeout(400)  # The address follows a guess a little later.
    page.reload()
    page.get_by_role("heading", name="Step 1 of 5").wait_for()
    assert page.get_by_label("How much of the gap").input_value() == "5 8"
    page.get_by_role("button", name="Next").press("Enter")
    page.get_by_role("button", name="Both", exact=True).press("Enter")
    reveal(page)
    page.get_by_role("button", name=re.compile(r".+: our population$")).nth(0).press("Enter")
    page.get_by_role("button", name=re.compile(r".+: my organisation$")).nth(1).press("Enter")
    page.wait_for_timeout(400)
    shared = page.url
    page.goto("about:blank")
    page.goto(shared)
    page.get_by_role("heading", name="Step 2 of 5").wait_for()
    assert page.locator("#story .said").inner_text() == "Your guess was “Both”."
    reveal(page)
    assert page.locator(".game .round").inner_text() == "Round 2 of 5"
    for _ in ("the empty page", "step 2", "step 1"):
        page.go_back()
    page.get_by_role("heading", name="Step 1 of 5").wait_for()
    assert page.get_by_label("How much of the gap").input_value() == "5 8"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_what_happens_comes_into_sight_and_the_way_on_stays_where_it_is(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_role("button", name="Start the story").press("Enter")
    ways = []
    for step in range(5):
        next_button = page.get_by_role("button", name="Next")
        ways += [next_button.bounding_box()]
        reveal(page)
        ways += [next_button.bounding_box()]
        assert page.evaluate("document.activeElement.className") == "answer"
        answer = page.locator("#story .answer").first.bounding_box()
        assert page.locator("#heading").bounding_box()["height"] < answer["y"] < height / 3
        if step != 1:
            drawing = page.locator("#story .shown svg").first.bounding_box()
            assert drawing["y"] + drawing["height"] < ways[-1]["y"]
        next_button.press("Enter")
    for side in (lambda box: box["x"] + box["width"], lambda box: box["y"]):
        assert max(map(side, ways)) - min(map(side, ways)) < 2


PRESSED = """async (name) => {
    const top = (element) => element.getBoundingClientRect().y;
    const buttons = () => [...document.querySelectorAll("#story button")].map((each) => [each.textContent, top(each)]);
    [...document.querySelectorAll("button")].find((each) => each.textContent === name).click();
    const [focused, at_once] = [top(document.activeElement), buttons()];
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    return { at_once, later: buttons(), moved: top(document.activeElement) - focused };
}"""
"""Presses a button, and returns where the story's buttons are before anything is painted and three frames later."""


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080), (640, 900), (640, 360)])
def test_a_step_is_in_its_place_before_it_is_painted(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    for name in ("Start the story", "Next", "Next", "Back", "Skip the story"):
        found = page.evaluate(PRESSED, name)
        assert found["at_once"] == found["later"], name
        assert found["moved"] == 0, name


def test_what_is_no_amount_is_said_once_the_field_is_left(page):
    page.get_by_role("button", name="Start the story").press("Enter")
    field = page.get_by_label("How much of the gap")
    field.press_sequentially("90 abo")
    assert page.locator("#story .problem").inner_text() == ""
    field.press("Tab")
    assert "“abo” is not an amount." in page.locator("#story .problem").inner_text()
    assert page.locator("#story .said").inner_text() == "Your guess was £90m."
    field.fill("90 100")
    assert page.locator("#story .problem").inner_text() == ""


def test_two_people_and_then_a_partner_play_five_rounds(page):
    page.get_by_role("button", name="Start the story").click()
    page.get_by_role("button", name="Next").click()
    assert not page.locator(".game").count()
    reveal(page)
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


def test_a_made_up_place_whose_levers_come_late_is_told_to_the_end(page, path):
    written = path.with_name("made-up.html")
    written.write_bytes(write_page(scenario(random_place(0)), written, made=DAY, seed=1))
    page.goto(written.as_uri() + "#step=1")
    for step in range(1, 6):
        page.get_by_role("heading", name=f"Step {step} of 5").wait_for()
        assert not re.search("NaN|undefined|Infinity", reveal(page))
        page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="All guesses together").wait_for()


def test_paper_holds_all_guesses_and_nothing_that_the_story_hides(page):
    page.goto(page.url + "#step=6&guesses=1%3A5%2C8")
    page.get_by_role("heading", name="All guesses together").wait_for()
    page.emulate_media(media="print")
    assert page.locator("#story table").first.is_visible()
    for hidden in ("#explore", "#headline", "#about"):
        assert not page.locator(hidden).is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Your turn").click()
    page.emulate_media(media="print")
    assert not page.locator("#story").is_visible()
    assert page.locator("#headline").is_visible()


HOSTILE = "</script><b>&\"'{{ x }} Llŷn"


def test_names_are_shown_as_they_are_written(page, path):
    changed = place()
    for organisation in changed["organisations"].values():
        organisation["name"] = HOSTILE + organisation["role"]
    changed["programmes"]["care"]["title"] = HOSTILE
    written = path.with_name("hostile.html")
    written.write_bytes(write_page(scenario(changed), written, made=DAY, seed=1))
    page.goto(written.as_uri() + "#step=2")
    page.get_by_role("heading", name="Step 2 of 5").wait_for()
    page.get_by_role("button", name=f"{HOSTILE}provider only", exact=True).click()
    assert HOSTILE in reveal(page)
    page.get_by_role("button", name=f"{HOSTILE}commissioner: our population", exact=True).click()
    page.get_by_role("button", name=f"{HOSTILE}provider: our population", exact=True).click()
    assert f"{HOSTILE}provider asked “our population”" in page.locator(".game .answer").inner_text()
    assert page.locator("#story b").count() == 0


@pytest.mark.parametrize(
    ("width", "height", "colours"), [(1280, 720, "none"), (640, 360, "none"), (640, 900, "active")]
)
def test_no_step_breaks_a_rule_of_wcag_or_is_wider_than_the_window(page, width, height, colours):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(forced_colors=colours)
    page.get_by_role("button", name="Start the story").click()
    for step in range(6):
        if step < 5:
            reveal(page)
        found = Axe().run(page)
        assert found.violations_count == 0, (step, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if step < 5:
            page.get_by_role("button", name="Next").click()
