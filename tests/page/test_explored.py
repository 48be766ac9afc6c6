"""The page at work in a browser: what is moved by keyboard is drawn, kept in the address, and can be taken away."""

import codecs
import csv
import itertools
import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from simulation import columns
from simulation.formatting import month_words
from simulation.model.run import run_ensemble
from simulation.page.write import write_data
from simulation.scenario.loading import load_scenario
from tests.browser import needs_browser
from tests.page.made import DAY, ROOT, held, holding, whole_page

pytestmark = [
    pytest.mark.e2e,
    needs_browser,
]

PLACE = "two-trusts"
SIZES = {"wide": (1920, 1080), "laptop": (1280, 720), "half": (640, 900)}
NO_SIMD = "WebAssembly.validate = () => false"
NO_WORKERS = "delete window.Worker"
WITHOUT = {
    "simd": NO_SIMD,
    "workers": NO_WORKERS,
    "both": f"{NO_SIMD}; {NO_WORKERS}",
    "decompression": "delete window.DecompressionStream",
}
NO_WEBASSEMBLY = "delete window.WebAssembly"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    written = tmp_path_factory.mktemp("page") / "place.html"
    written.write_bytes(whole_page(PLACE))
    return written


@pytest.fixture
def open_page(browser, path):
    """Open the page, and end the test in failure if anything went wrong in it."""
    errors, contexts = [], []

    def opened(address="", *, file=path, size=(1280, 900), before=None, ready=True, **options):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        if before:
            page.add_init_script(before)
        page.goto(file.as_uri() + address)
        if ready:
            settle(page)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def settle(page):
    """Wait until all sets of assumptions are shown."""
    page.wait_for_selector('#explore[data-shown="1024"]', timeout=60_000)


def press(page, control, *keys):
    """Press keys on a control, as a person does who uses no mouse."""
    page.locator(control).focus()
    for key in keys:
        page.keyboard.press(key)
    settle(page)


def numbers_of(page):
    """Everything that the page says of its numbers."""
    page.eval_on_selector_all("#more details, #slots details", "all => all.forEach(each => each.open = true)")
    page.wait_for_timeout(200)
    return [
        page.locator(each).all_inner_texts()
        for each in ("#headline", "#verdict", "#size", "#more table", "#slots table")
    ]


# What is moved is shown.


def test_a_lever_moved_by_keyboard_changes_headline_pictures_and_what_is_spoken(open_page):
    page = open_page()
    before = page.locator("#gap svg").inner_html()
    assert page.locator("#headline").inner_text().startswith("As it stands £")
    press(page, "#lever-coaching", "End", "ArrowLeft")
    slider = page.locator("#lever-coaching")
    first_month = month_words(held(whole_page(PLACE), "place")["months"][0])
    assert slider.get_attribute("aria-valuetext") == f"0.95, from {first_month}"
    assert page.locator("#headline").inner_text() != "As it stands"
    assert page.locator("#gap svg").inner_html() != before
    assert "Coaching: 0.95" in page.locator("#changes").inner_text()
    assert page.evaluate("document.activeElement.id") == "lever-coaching"


def test_the_newest_settings_win_however_fast_keys_are_pressed(open_page):
    page = open_page()
    press(page, "#lever-coaching", *["ArrowRight"] * 15, *["ArrowLeft"] * 3)
    direct = open_page("#" + page.evaluate("location.hash.slice(1)"))
    assert numbers_of(page) == numbers_of(direct)
    assert "0.6, from" in direct.locator("#lever-coaching").get_attribute("aria-valuetext")


def test_a_slider_dragged_to_and_fro_is_shown_in_full_where_it_is_let_go(open_page):
    page = open_page()
    entries = page.evaluate("history.length")
    box = page.locator("#lever-coaching").bounding_box()
    begin = float(page.locator("#lever-coaching").input_value())
    left, middle = box["x"] + 9 + (box["width"] - 18) * begin, box["y"] + box["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for across in (20, 30, 40, 30, 20, 0):
        page.mouse.move(left + across, middle)
        page.wait_for_timeout(40)
    page.mouse.up()
    settle(page)
    assert float(page.locator("#lever-coaching").input_value()) == begin
    assert page.evaluate("history.length") == entries
    assert page.locator("#headline").inner_text().startswith("As it stands")


def test_levers_without_the_cost_in_their_row_are_named_where_costs_are_read(open_page):
    page = open_page("#set=coaching:1;cost=1.6,menu_framing:1,gain_share:1;cost=0.3,top_down_instruction:1")
    note = page.locator("#uncosted")
    assert note.inner_text() == "Menu of contributions is set without a cost; add one under More."
    page.locator("#picture-2").select_option("money")
    press(page, "#lever-coaching", "ArrowLeft")
    assert page.locator("body").inner_text().count("without a cost") == 2
    assert page.locator("#slot-2 .note").first.inner_text().endswith(note.inner_text())
    page.get_by_role("button", name=re.compile("Take back: Menu")).press("Enter")
    settle(page)
    assert "without a cost" not in page.locator("body").inner_text()
    press(page, "#lever-celebration", "End")
    press(page, "#lever-menu_framing", "End")
    assert note.inner_text() == "Menu of contributions and celebration are set without a cost; add one under More."


def test_the_budget_bar_follows_the_levers_and_is_kept_in_the_address(open_page):
    page = open_page("#set=coaching:0;cost=2")
    words, spent = page.locator("#budget-words"), page.locator(".budget-bar .spent")
    assert not spent.is_visible()
    page.locator("#budget").fill("2")
    page.locator("#budget").press("Enter")
    before = words.inner_text()
    press(page, "#lever-coaching", "End")
    settle(page)
    assert words.inner_text() != before
    assert "more than the budget of £2m" in words.inner_text()
    assert page.locator(".budget-bar").get_attribute("data-over") == "true"
    page.wait_for_function("location.hash.includes('budget=2')")
    page.reload()
    page.wait_for_selector("#budget-words")
    assert page.locator("#budget").input_value() == "2"
    page.locator("#budget").fill("")
    page.locator("#budget").press("Enter")
    assert "budget" not in words.inner_text()


def test_undo_redo_and_taking_back_one_change(open_page):
    page = open_page()
    press(page, "#lever-coaching", "End")
    press(page, "#lever-gain_share", "End")
    page.keyboard.press("Control+z")
    assert page.locator("#lever-gain_share").input_value() != "1"
    page.keyboard.press("Control+Shift+z")
    assert page.locator("#lever-gain_share").input_value() == "1"
    page.get_by_role("button", name=re.compile("Take back: Coaching")).press("Enter")
    assert "Coaching" not in page.locator("#changes").inner_text()
    assert page.evaluate("document.activeElement.id") == "changes-heading"
    page.get_by_role("button", name="Reset all").press("Enter")
    settle(page)
    assert page.locator("#headline").inner_text().startswith("As it stands £")


def test_reload_and_back_keep_what_is_set_with_one_step_for_each_released_control(open_page):
    page = open_page()
    entries = page.evaluate("history.length")
    press(page, "#lever-coaching", "End")
    press(page, "#lever-gain_share", "End")
    assert page.evaluate("history.length") == entries + 2
    shown = numbers_of(page)
    page.reload()
    settle(page)
    assert numbers_of(page) == shown
    page.go_back()
    page.wait_for_timeout(300)
    settle(page)
    assert page.locator("#lever-gain_share").input_value() != "1"
    assert page.locator("#lever-coaching").input_value() == "1"


def test_links_to_parts_of_the_page_leave_what_is_set(open_page):
    page = open_page("#set=coaching:0.7")
    before = page.evaluate("location.hash")
    for part in ("take-away", "about", "explore"):
        page.locator(f'#parts a[href="#{part}"]').press("Enter")
        assert page.evaluate("document.activeElement.id") == part
    page.locator(".skip").press("Enter")
    assert page.evaluate("document.activeElement.id") == "gap"
    assert page.evaluate("location.hash") == before
    assert page.locator("#lever-coaching").input_value() == "0.7"


def test_an_address_that_cannot_be_used_is_said_in_words(open_page):
    page = open_page("#set=coaching:7,gain_share:0.5")
    assert "“coaching:7”: must be from 0 to 1." in page.locator("#problems").inner_text()
    assert page.locator("#lever-gain_share").input_value() == "0.5"
    press(page, "#lever-coaching", "End")
    assert not page.locator("#problems").is_visible()


def test_variants_are_kept_compared_and_used_again(open_page):
    page = open_page()
    press(page, "#lever-coaching", "End")
    page.get_by_role("button", name="Keep as A").press("Enter")
    page.get_by_role("button", name="Reset all").press("Enter")
    page.get_by_label("Compare with").select_option("A")
    settle(page)
    assert "variant A" in page.locator("#headline").inner_text() + page.locator("#verdict").inner_text()
    rows = page.locator("#variants tbody th").all_inner_texts()
    assert rows == ["What is set here", "Variant A", "The place as it stands"]
    heads = page.locator("#variants thead th").all_inner_texts()
    medians = [each.endswith(": median") for each in heads if not each.startswith("9 in 10")]
    assert medians == [False, True, True, True, False]
    page.get_by_role("button", name="Set everything as in variant A").press("Enter")
    settle(page)
    assert page.locator("#lever-coaching").input_value() == "1"


def final_rows(page):
    """The rows of variants once none rests on fewer sets of assumptions than the page says."""
    body = page.locator("#variants tbody")
    page.wait_for_function("() => !/ sets\\)/.test(document.querySelector('#variants tbody').textContent)")
    rows = [row.locator("td").all_inner_texts() for row in body.locator("tr").all()]
    assert not any(" sets)" in cell for row in rows for cell in row)
    return rows


def test_all_variants_rest_on_the_same_sets_of_assumptions_in_the_end(open_page):
    """A is neither set nor compared with; its row is that of the same settings where they are set."""
    page = open_page("#set=coaching:0.4&A=coaching:1")
    settle(page)
    kept = final_rows(page)[1]
    page.get_by_role("button", name="Set everything as in variant A").press("Enter")
    settle(page)
    alone = final_rows(page)[0]
    assert alone[:5] == kept[:5]
    assert alone[5].replace("what is set here", "variant A") == kept[5]


def test_a_table_in_which_nothing_differs_reads_as_sentences(open_page):
    page = open_page()
    verdicts = page.locator("#variants tbody tr td:nth-child(7)")
    assert verdicts.all_inner_texts() == ["The same as the place as it stands", "The others are compared with this"]


def test_the_button_says_which_variant_it_keeps_and_undo_brings_back_the_one_replaced(open_page):
    page = open_page("#set=coaching:0.4&A=coaching:0.1&B=coaching:0.2")
    keep = page.get_by_role("button", name=re.compile("^(Keep as|Replace) "))
    assert keep.inner_text() == "Keep as C"
    keep.press("Enter")
    assert keep.inner_text() == "Replace C"
    page.locator("#lever-coaching").press("End")
    keep.press("Enter")
    page.wait_for_timeout(400)
    assert "C=coaching:1@" in page.evaluate("location.hash")
    page.keyboard.press("Control+z")
    page.wait_for_timeout(400)
    assert "C=coaching:0.4@" in page.evaluate("location.hash")
    page.get_by_role("button", name="Remove variant A").press("Enter")
    assert keep.inner_text() == "Keep as A"
    settle(page)


def test_a_moved_assumption_is_held_and_said_to_be(open_page):
    page = open_page()
    press(page, "#parameter-opening_trust", "ArrowRight")
    assert "1 assumption held where you put it" in page.locator("#size").inner_text()


def test_levers_are_compared_under_the_same_assumptions(open_page):
    page = open_page("#set=opening_trust:0.45&against=assumptions")
    assert "Nothing that is set differs from the place with these assumptions" in page.locator("#verdict").inner_text()
    press(page, "#lever-coaching", "End")
    assert "the place with these assumptions" in page.locator("#verdict").inner_text()
    page.get_by_label("Compare with").select_option("file")
    settle(page)
    assert "the place as it stands" in page.locator("#verdict").inner_text()


def test_events_and_those_who_never_move(open_page):
    page = open_page()
    page.locator("#events summary").last.press("Enter")
    page.get_by_label("Kind").select_option("breach")
    page.get_by_role("button", name="Add this event").press("Enter")
    page.locator("#never-moves summary").press("Enter")
    page.locator("#never-moves input").first.press("Space")
    settle(page)
    said = page.locator("#changes").inner_text()
    assert "breaks its word" in said
    assert "never moves" in said
    assert not page.locator("#problems").is_visible()


def test_starting_places_set_every_lever(open_page):
    page = open_page()
    page.get_by_role("button", name="Partnership in full").press("Enter")
    values = page.locator(".row.lever").evaluate_all(
        "all => all.map(each => [each.dataset.lever, each.querySelector('[type=range]').value])"
    )
    assert {value for name, value in values if name != "top_down_instruction"} == {"1"}
    assert dict(values)["top_down_instruction"] == "0"
    page.get_by_role("button", name="Instruction alone").press("Enter")
    assert page.locator("#lever-top_down_instruction").input_value() == "1"
    assert page.locator("#lever-coaching").input_value() == "0"


def test_all_assumptions_are_found_by_words(open_page):
    page = open_page()
    page.locator("#find-assumption").fill("opening trust")
    assert page.locator("#parameter-opening_trust").is_visible()
    assert not page.locator("#parameter-loss_ratio").is_visible()
    assert "found" in page.locator("#assumptions [role=status]").inner_text()


def test_months_of_trust_play(open_page):
    page = open_page(reduced_motion="no-preference")
    page.locator("#picture-1").select_option("trust")
    settle(page)
    play = page.locator("#slot-1 .play")
    play.press("Enter")
    page.wait_for_selector("#slot-1 .play:text('Pause')")
    page.wait_for_timeout(1300)
    play.press("Enter")
    assert page.locator("#slot-1 output").inner_text() != page.locator("#slot-1 input[type=range]").get_attribute("max")
    assert "month=" in page.evaluate("location.hash")


def test_months_of_trust_step_where_less_motion_is_wanted(open_page):
    page = open_page(reduced_motion="reduce")
    page.locator("#picture-1").select_option("trust")
    settle(page)
    assert page.locator("#slot-1 .play").inner_text() == "Next month"


# The page checks itself, and works without what some browsers lack.


def test_one_other_byte_in_the_digest_and_no_moved_number_is_shown(open_page, path, tmp_path):
    place = held(path.read_bytes(), "place")
    digest = place["digest"]
    flipped = ("1" if digest[0] == "0" else "0") + digest[1:]
    changed = tmp_path / "flipped.html"
    changed.write_bytes(holding(path.read_bytes(), "place", place | {"digest": flipped}))
    page = open_page(file=changed, ready=False)
    page.wait_for_selector("#check:has-text('other numbers')")
    assert page.locator("input[type=range]").count() == 0
    assert page.locator("figure.picture svg").count() == 4


@pytest.mark.parametrize("without", WITHOUT.values(), ids=list(WITHOUT))
def test_without_what_some_browsers_lack_the_numbers_are_the_same(open_page, without):
    address = "#set=coaching:0.7,gain_share:1,opening_trust:0.45"
    with_all, less = open_page(address), open_page(address, before=without)
    assert numbers_of(less) == numbers_of(with_all)
    assert less.locator("#check").inner_text().startswith("Checked to the bit")


def test_without_webassembly_it_says_so_and_keeps_the_first_pictures(open_page):
    page = open_page(before=NO_WEBASSEMBLY, ready=False)
    page.wait_for_selector("#check:has-text('WebAssembly is switched off')")
    assert page.locator("figure.picture svg").count() == 4


SLOW = "const now = performance.now.bind(performance); performance.now = () => 10000 * now()"
"""A clock by which this machine is ten thousand times slower."""

WATCH = """() => {
  window.said = [];
  new MutationObserver(() => said.push(document.getElementById("size").innerText))
    .observe(document.getElementById("size"), {childList: true, characterData: true, subtree: true});
}"""


def test_where_all_takes_long_a_first_sight_says_what_it_rests_on(open_page):
    page = open_page(before=f"{NO_WORKERS}; {SLOW}")
    page.evaluate(WATCH)
    page.locator("#lever-coaching-number").fill("0.7")
    page.locator("#lever-coaching-number").press("Enter")
    settle(page)
    said = page.evaluate("said")
    first = "First sight: 16 simulated runs and 16 sets of assumptions, within ±4 in 16; "
    assert any(each.startswith(first) for each in said)
    assert any(re.fullmatch(f"{first}[0-9]+ of [0-9]+ more runs worked out.", each) for each in said)
    assert said[-1] == "256 simulated runs and 1,024 sets of assumptions, within ±3 in 100."
    assert all("simulated runs and" in each or "of what was set before" in each for each in said)


# Files in and out.


def saved(page, name):
    """Press a button and return the file that it saves."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.press("Enter")
    return waiting.value.path().read_bytes()


def test_the_saved_scenario_gives_the_page_s_numbers_in_python(open_page, path, tmp_path):
    page = open_page("#set=coaching:0.7@2016-01;ramp=6,gain_share:1,opening_trust:0.45")
    (tmp_path / f"{PLACE}.yaml").write_bytes((ROOT / f"scenarios/{PLACE}.yaml").read_bytes())
    changed = tmp_path / "changed.yaml"
    changed.write_bytes(saved(page, "Save as a scenario (YAML)"))
    ensemble = run_ensemble(load_scenario(changed), replicates=256, seed=1)
    median = float(np.median(ensemble.system[:, -1, columns.SYSTEM._fields.index("gap")]))
    page.locator("#more details").first.evaluate("each => each.open = true")
    data = saved(page, "Data (CSV)")
    assert data.startswith(codecs.BOM_UTF8), "Excel takes UTF-8 without the mark for something else"
    heads, *_, last, target = csv.reader(data.decode("utf-8-sig").splitlines())
    assert target[0] == "Target"
    assert float(last[heads.index("What is set here, £m a year")]) == median


def test_pictures_data_and_settings_are_saved(open_page):
    page = open_page("#set=coaching:0.7")
    page.locator("#more details").first.evaluate("each => each.open = true")
    assert ET.fromstring(saved(page, "Picture (SVG)")).tag.endswith("svg")
    assert saved(page, "Picture (PNG)").startswith(b"\x89PNG")
    assert saved(page, "Data (CSV)").count(b"\r\n") > 10
    assert json.loads(saved(page, "Settings (JSON)"))["levers"]["coaching"]["strength"] == 0.7


def test_another_place_is_opened_checked_and_explored(open_page, tmp_path):
    file = ROOT / "scenarios/mid-south-essex-partnership.yaml"
    data = tmp_path / "essex.json"
    data.write_bytes(write_data(load_scenario(file), file, made=DAY, seed=1))
    page = open_page()
    page.locator("#open-place").set_input_files(data)
    page.wait_for_selector("#title:has-text('Mid and South Essex')")
    settle(page)
    press(page, "#lever-coaching", "End")
    assert "Coaching: 1" in page.locator("#changes").inner_text()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no json", "other.json is not JSON: write it by trustsim page --data."),
        ("[1, 2]", "other.json is not the data of a place: write it by trustsim page --data."),
        ('{"format": 9, "packed": {}}', "other.json has the format 9 and this page reads 1"),
        ('{"format": 1, "packed": {}, "model": "x"}', "other.json was written for another version of the model (x"),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence(open_page, tmp_path, content, words):
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    page = open_page()
    page.locator("#open-place").set_input_files(file)
    page.wait_for_selector("#take-away [role=alert]:not([hidden])")
    assert words in page.locator("#take-away [role=alert]").inner_text()
    assert page.locator("#title").inner_text() != ""


def test_the_printed_summary_is_one_page(open_page):
    page = open_page("#set=coaching:0.7,gain_share:1,opening_trust:0.45&A=coaching:1&pictures=gains,plan")
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


# Everybody can use it.


@pytest.mark.parametrize(("size", "colours"), list(itertools.product(SIZES, ["none", "active"])))
@pytest.mark.parametrize("pictures", ["trust,money", "plan,gains"])
def test_no_view_breaks_a_rule_of_wcag(open_page, size, colours, pictures):
    from axe_playwright_python.sync_playwright import Axe

    address = f"#set=coaching:0.7&A=gain_share:1&against=A&pictures={pictures}"
    page = open_page(address, size=SIZES[size], forced_colors=colours, bypass_csp=True)
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    page.wait_for_timeout(300)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


REACHED = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  const seen = document.elementFromPoint(left + Math.min(width, 40) / 2, top + Math.min(height, 30) / 2);
  return { name: element.id || element.getAttribute("aria-label") || element.textContent.slice(0, 40),
           seen: seen !== null && (element.contains(seen) || seen.contains(element)) };
}"""


@pytest.mark.parametrize("size", SIZES)
def test_the_tab_key_reaches_every_control_and_none_is_covered(open_page, size):
    page = open_page("#set=coaching:0.7", size=SIZES[size])
    reached = []
    for _ in range(200):
        page.keyboard.press("Tab")
        found = page.evaluate(REACHED)
        if found is None:
            break
        reached.append(found)
    names = [each["name"] for each in reached]
    sliders = page.locator("input[type=range]:visible").evaluate_all("all => all.map(each => each.id)")
    assert len(sliders) > 15
    assert set(sliders) <= set(names)
    assert {"Undo", "picture-1", "picture-2", "against", "open-place"} <= set(names)
    assert [each["name"] for each in reached if not each["seen"]] == []


CONTROLS = {
    "slider",
    "spinbutton",
    "combobox",
    "button",
    "checkbox",
    "searchbox",
    "textbox",
    "DisclosureTriangle",
    "link",
}


def test_the_accessibility_tree_names_every_control_and_value(open_page):
    page = open_page("#set=coaching:0.95")
    page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
    page.wait_for_timeout(300)
    session = page.context.new_cdp_session(page)
    nodes = [each for each in session.send("Accessibility.getFullAXTree")["nodes"] if not each["ignored"]]
    controls = [each for each in nodes if each["role"]["value"] in CONTROLS]
    assert len(controls) > 150
    assert [each for each in controls if not each["name"]["value"].strip()] == []
    valued = [each for each in controls if each["role"]["value"] in {"slider", "combobox"}]
    assert [each["name"]["value"] for each in valued if not str(each.get("value", {}).get("value", "")).strip()] == []
    spoken = page.locator("#lever-coaching")
    assert spoken.get_attribute("aria-valuetext").startswith("0.95, from ")
    names = [each["name"]["value"] for each in valued if each["role"]["value"] == "slider"]
    assert "Coaching" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize("size", [*SIZES.values(), (640, 360)], ids=[*SIZES, "zoomed"])
def test_headline_and_gap_stay_in_view(open_page, size):
    page = open_page("#set=coaching:0.7", size=size)
    page.locator("#parameter-loss_ratio").scroll_into_view_if_needed()
    page.locator("#parameter-loss_ratio").focus()
    page.wait_for_timeout(200)
    boxes = {each: page.locator(each).bounding_box() for each in ("#headline", "#gap svg", "#parameter-loss_ratio")}
    for name, box in boxes.items():
        assert box["y"] >= -1, name
        assert box["y"] + box["height"] <= size[1] + 1, name
    assert boxes["#headline"]["y"] + boxes["#headline"]["height"] <= boxes["#gap svg"]["y"] + 1
    # Below them is room for controls.
    assert boxes["#gap svg"]["y"] + boxes["#gap svg"]["height"] < 0.72 * size[1]


def test_with_forced_colours_the_rows_that_were_moved_are_marked_and_others_are_not(open_page):
    page = open_page("#set=coaching:0.7", forced_colors="active")
    edges = page.locator(".row").evaluate_all("""all => all.map(each =>
        [each.dataset.moved !== undefined, getComputedStyle(each).borderLeftColor])""")
    moved, others = ({colour for was_moved, colour in edges if was_moved is each} for each in (True, False))
    assert others == {page.evaluate("getComputedStyle(document.body).backgroundColor")}
    assert len(moved) == 1
    assert moved.isdisjoint(others)


def test_the_printed_summary_has_the_finding_over_the_gap(open_page):
    page = open_page("#set=coaching:0.7", size=SIZES["half"])
    page.emulate_media(media="print")
    heading = page.locator("#gap h2")
    assert heading.bounding_box()["height"] > 10
    assert "less than the place as it stands" in heading.inner_text()
