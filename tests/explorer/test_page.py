"""The page in a real browser: levers by keyboard, saved scenarios, links, strangers, and many at once."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = Path(__file__).parents[2]
SCENARIO = "scenarios/two-trusts.yaml"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(BROWSER is None, reason="no browser is installed: apt install chromium"),
]


@pytest.fixture(scope="module")
def address():
    """Where the page is served, with its token."""
    command = [sys.executable, "-u", "-m", "simulation", "explore", SCENARIO, "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as served:
        try:
            yield re.search(r"http://127\.0\.0\.1:\d+/\?access_token=\S+", served.stdout.readline())[0]
        finally:
            served.terminate()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser, address):
    """A page that must ask nobody else for anything and say nothing wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened, asked, errors = context.new_page(), [], []
    opened.set_default_timeout(60_000)
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    home = address.split("/?")[0]
    assert [url for url in asked if not url.startswith((home, "data:", "blob:"))] == []
    assert errors == []


def explore(page, address, settings=""):
    """The page past its story, with the pictures of these settings."""
    page.goto(f"{address}&{f'settings={settings}' if settings else 'explore'}")
    wait_for(page, settings)


def wait_for(page, settings):
    """Until every picture is that of these settings."""
    page.wait_for_function(
        "told => { const all = [...document.querySelectorAll('[data-settings]')];"
        " return all.length === 3 && all.every(each => each.dataset.settings === told); }",
        arg=settings,
    )


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


def gap_shown(page):
    return page.locator(".headline h2").inner_text()


def test_the_story_asks_for_a_guess_and_then_shows_step_by_step(page, address):
    page.goto(address)
    for number in range(5):
        page.get_by_text(f"Step {number + 1} of 5").wait_for()
        page.get_by_role("heading", level=2, name=re.compile(rf"^{number + 1}\. ")).wait_for()
        page.locator(".answer").wait_for(state="detached")
        choices = page.get_by_role("radio")
        if number in {1, 2, 3}:
            page.get_by_role("button", name="Show what happens").press("Enter")
            page.get_by_text("Choose one first").wait_for()
            choices.first.press("Space")
        page.get_by_role("button", name="Show what happens").press("Enter")
        page.get_by_text("You said").wait_for()
        if number != 1:
            page.get_by_role("button", name="Words, data and files of this picture").press("Enter")
            page.mouse.wheel(0, 5000)  # what opens is below the window, and is only made once it is in view
        page.get_by_role("region", name=re.compile("^Data: ")).or_(page.locator(".answer table")).first.wait_for()
        assert violations(page) == ""
        page.get_by_role("button", name="Next step").press("Enter")
    page.get_by_text("Your turn").wait_for()
    wait_for(page, "")


def test_a_lever_moved_by_keyboard_changes_the_headline_and_every_picture(page, address):
    explore(page, address)
    before, drawn = gap_shown(page), page.locator(".drawing svg").first.inner_html()
    assert "As it stands" in before
    page.get_by_role("slider", name="Coaching", exact=True).focus()
    page.keyboard.press("End")
    wait_for(page, "coaching:1@2024-04")
    assert gap_shown(page).startswith("With your changes")
    assert page.locator(".drawing svg").first.inner_html() != drawn
    assert page.evaluate("document.activeElement.tagName.toLowerCase()") == "marimo-slider"
    page.keyboard.press("ArrowLeft")
    wait_for(page, "coaching:0.95@2024-04")


def test_months_are_played_and_moved_by_keyboard(page, address):
    explore(page, address)
    page.get_by_role("heading", name=re.compile("trust.* in March 2026", re.IGNORECASE)).wait_for()
    slider = page.get_by_role("slider", name=re.compile("Trust map in"))
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("heading", name=re.compile("in April 2024")).wait_for()
    assert slider.get_attribute("aria-valuetext") == "April 2024"
    page.get_by_role("button", name="Play the months").press("Enter")
    page.get_by_role("button", name="Pause").press("Enter")
    page.get_by_role("button", name="Play the months").press("Enter")
    page.get_by_role("heading", name=re.compile("in March 2026")).wait_for()  # a slow machine may leave months out
    page.get_by_role("button", name="Play the months").wait_for()


def test_pictures_have_words_and_data_behind_them_and_the_page_breaks_no_rule(page, address):
    explore(page, address, "coaching:1@2024-04")
    page.get_by_text("More assumptions").press("Enter")
    for opener in page.get_by_role("button", name=re.compile("^Words, data and files")).all():
        opener.press("Enter")
    page.get_by_role("region", name=re.compile("^Data: ")).nth(4).wait_for()
    assert page.locator("text=In words.").count() == 5
    for drawing in page.locator(".drawing svg").all():
        assert len(drawing.locator("desc").first.text_content()) > 40
    assert violations(page) == ""
    with page.expect_download() as saved:
        page.get_by_text("Save the data (CSV)").first.click()
    assert "as it stands" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_saved_scenario_runs_on_the_command_line_to_the_same_numbers(page, address, tmp_path):
    explore(page, address, "regulator_acknowledgement:0.6@2024-06,opening_trust:0.45")
    with page.expect_download() as saved:
        page.get_by_text("Save as a scenario").click()
    path = tmp_path / "saved.yaml"
    saved.value.save_as(path)
    command = [sys.executable, "-m", "simulation", "run", str(path), "--replicates", "256", "--no-charts", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    (run,) = json.loads(told.stdout)
    left = re.search(r"£([\d.]+)m is left", gap_shown(page))[1]
    assert f"{run['gap']['median']:.1f}".rstrip("0").rstrip(".") == left


def test_a_link_opens_the_same_settings_and_says_what_it_cannot_use(page, address):
    explore(page, address, "coaching:0.5@2024-06")
    headline = gap_shown(page)
    link = page.get_by_role("link", name="A link to these settings").get_attribute("href")
    assert link == "?settings=coaching:0.5@2024-06"
    page.goto(f"{address}&{link[1:]},coching:1")
    page.get_by_role("alert").get_by_text("did you mean coaching?").wait_for()
    wait_for(page, "coaching:0.5@2024-06")
    assert gap_shown(page) == headline


def test_at_twice_the_size_nothing_is_cut_off(browser, address):
    """1,280 pixels at 200% are 640: one column, and nothing wider than it."""
    page = browser.new_page(viewport={"width": 640, "height": 700})
    explore(page, address, "coaching:1@2024-04")
    assert page.evaluate("document.querySelector('#App').scrollWidth") <= 640
    sizes = page.evaluate(
        "[...document.querySelectorAll('.drawing svg')].map(each => each.getBoundingClientRect().width)"
    )
    assert all(width * 9 / 454 >= 9 for width in sizes)
    page.close()


def test_people_who_click_at_once_do_not_mix_their_settings(browser, address):
    levers = ["coaching", "celebration", "gain_share", "menu_framing", "lead_by_skill"]
    rooms = [(f"{lever}:{strength}@2024-04", browser.new_page()) for lever in levers for strength in ("0.5", "1")]
    for settings, page in rooms:
        page.goto(f"{address}&settings={settings}", wait_until="commit")
    for settings, page in rooms:
        page.set_default_timeout(120_000)
        wait_for(page, settings)
    for _, page in rooms:
        page.get_by_role("slider", name="Leadership stability", exact=True).press("End")
    for settings, page in rooms:
        told = page.wait_for_function(
            "() => { const all = [...document.querySelectorAll('[data-settings]')].map(each => each.dataset.settings);"
            " return new Set(all).size === 1 && all[0].includes('leadership_stability') ? all[0] : null; }"
        ).json_value()
        assert sorted(told.split(",")) == sorted([settings, "leadership_stability:1@2024-04"])
        page.close()


def test_a_stranger_sees_nothing(address):
    home = address.split("/?")[0]
    port = int(home.rsplit(":", 1)[1])
    for path in (
        "/api/status",
        "/sse",
        "/@file/1-x.js",
        "/../../etc/passwd",
        "/public/../page.py",
        "/assets/%2e%2e/%2e%2e/page.py",
    ):
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda raw=raw: raw.recv(65536), b""))
        assert int(answer.split()[1]) >= 400 or b"UNAUTHORIZED" in answer, path
        assert b"marimo.App" not in answer
        assert b"root:" not in answer
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(urllib.request.Request(f"{home}/", headers={"Host": "evil.example"}))
    with urllib.request.urlopen(f"{home}/") as answer:
        assert "/auth/login" in answer.url
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_with_the_token_a_path_outside_cannot_be_read_either(browser, address):
    context = browser.new_context()
    context.request.get(address)
    home = address.split("/?")[0]
    for path in (
        "/public/..%2fpage.py",
        "/@file/..%2f..%2fpage.py",
        "/..%2f..%2f..%2fetc/passwd",
        "/api/files/list_files",
    ):
        answer = context.request.get(home + path)
        assert answer.status >= 400 or "marimo.App" not in answer.text(), path
        assert "root:" not in answer.text()
    context.close()


def test_it_ends_when_it_is_interrupted():
    import signal

    command = [sys.executable, "-u", "-m", "simulation", "explore", SCENARIO, "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as served:
        served.stdout.readline()
        time.sleep(4)
        served.send_signal(signal.SIGINT)
        assert served.wait(20) in {0, 130}
        assert "Traceback" not in served.stderr.read()
