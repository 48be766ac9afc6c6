"""Modules joined into one script do what they do as modules, and each mistake is reported with its line."""

import shutil
import subprocess

import pytest

from simulation.page.bundle import BundleError, bundle, read_modules
from tests.page.node import SCRIPT
from tests.waiting import PATIENCE

pytestmark = pytest.mark.unit

NODE = shutil.which("node")

NUMBERS = """\
/** Numbers that others use.
 * import { nothing } from "./comment.js";
 */
const hidden = 40;
export const base = hidden + 2;
export function double(x) {
  return 2 * x;
}
export async function later(x) {
  return await Promise.resolve(x);
}
export class Counter {
  constructor() { this.count = base; }
}
"""

WORDS = """\
import { base, double } from "./numbers.js";

const hidden = "forty-two";
export function words() {
  return `${double(base)} is twice ${hidden}`;
}
"""

START = """\
import {
  Counter,
  later,
} from "./numbers.js";
import { words } from "./words.js";

/** @param {import("./types.js").Thing} thing a type, which a comment may name */
const show = (thing) => console.log(thing);
show(words());
show(new Counter().count);
later("and then").then(show);
"""

GOOD = {"numbers.js": NUMBERS, "words.js": WORDS, "start.js": START, "unused.js": "export const unused = 1;\n"}


def run_by_node(path):
    done = subprocess.run([NODE, str(path)], capture_output=True, text=True, timeout=PATIENCE, check=True)
    return done.stdout


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_joined_script_does_what_the_modules_do(tmp_path):
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "joined.cjs").write_text(bundle(read_modules(tmp_path), "start.js"), encoding="utf-8")
    expected = "84 is twice forty-two\n42\nand then\n"
    assert run_by_node(tmp_path / "start.js") == expected
    assert run_by_node(tmp_path / "joined.cjs") == expected


def test_each_module_comes_once_after_those_that_it_imports_and_others_are_left_out():
    joined = bundle(GOOD, "start.js")
    places = [joined.index(f"// {name}\n") for name in ("numbers.js", "words.js", "start.js")]
    assert places == sorted(places)
    assert joined.count("const hidden = 40;") == 1
    assert "unused" not in joined


def test_each_line_of_code_is_found_under_the_name_of_its_module():
    parts = bundle(GOOD, "start.js").split("// words.js\n")
    assert parts[1].splitlines()[:4] == [
        'const hidden = "forty-two";',
        "function words() {",
        "return `${double(base)} is twice ${hidden}`;",
        "}",
    ]


def test_comments_that_begin_a_line_indents_and_empty_lines_are_left_out():
    joined = bundle(GOOD, "start.js")
    assert "\n " not in joined
    assert "\n\n" not in joined
    assert "comment" not in joined
    assert "/*" not in joined


BAD = {
    'import numbers from "./numbers.js";': 'write an import as import { name, other } from "./module.js";',
    'import * as numbers from "./numbers.js";': 'write an import as import { name, other } from "./module.js";',
    'import { base } from "../numbers.js";': 'write an import as import { name, other } from "./module.js";',
    'import "./numbers.js";': 'write an import as import { name, other } from "./module.js";',
    'import { base as ground } from "./numbers.js";': "'base as ground': import names as they are exported",
    'import { basis } from "./numbers.js";': "numbers.js does not export basis",
    'import { hidden } from "./numbers.js";': "numbers.js does not export hidden",
    'import { base } from "./number.js";': "number.js: no such module",
    "export default 3;": "export only function, async function, class or const, with its name",
    "export let moving = 3;": "export only function, async function, class or const, with its name",
    "export { start };": "export only function, async function, class or const, with its name",
    "export const { a, b } = start;": "export only function, async function, class or const, with its name",
    "await start;": "await stands outside a function; wait in an async function",
    "const x = await start;": "await stands outside a function; wait in an async function",
    "const here = import.meta.url;": "import.meta does not exist in the page; leave it out",
    'const x = import("./numbers.js");': "import(…) loads a file, and the page loads none; import at the top",
    "const x = '</script>';": "</script would end the script in the page; break it into two texts",
    "// <!-- no": "<!-- would end the script in the page; break it into two texts",
}


@pytest.mark.parametrize(("line", "what"), BAD.items(), ids=list(BAD))
def test_what_breaks_a_rule_is_reported_with_its_line(line, what):
    start = f"/* why */\nconst start = 1;\n{line}\n"
    with pytest.raises(BundleError) as caught:
        bundle({"numbers.js": NUMBERS, "start.js": start}, "start.js")
    assert str(caught.value) == f"start.js:3: {what}"


def test_all_mistakes_are_reported_at_once():
    modules = {"start.js": 'import { a } from "./a.js";\nexport default a;\n', "a.js": "export var a = 1;\n"}
    with pytest.raises(BundleError) as caught:
        bundle(modules, "start.js")
    assert str(caught.value).splitlines() == [
        "a.js:1: export only function, async function, class or const, with its name",
        "start.js:1: a.js does not export a",
        "start.js:2: export only function, async function, class or const, with its name",
    ]


def test_modules_that_import_each_other_are_named():
    modules = {
        "start.js": 'import { a } from "./a.js";\n',
        "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
        "b.js": '\nimport { a } from "./a.js";\nexport const b = 1;\n',
    }
    with pytest.raises(BundleError, match=r"^b\.js:2: modules import each other: a\.js → b\.js → a\.js$"):
        bundle(modules, "start.js")


@pytest.mark.parametrize("name", [name for name in read_modules(SCRIPT) if name != "types.js"])
def test_every_module_of_the_page_can_be_joined(name):
    assert f"// {name}\n" in bundle(read_modules(SCRIPT), name)


def test_an_entry_that_does_not_exist_is_named():
    with pytest.raises(BundleError, match=r"^start\.js: no such module$"):
        bundle({}, "start.js")
