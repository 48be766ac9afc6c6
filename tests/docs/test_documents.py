"""Documents say what the code says: examples run, tables agree, links lead somewhere."""

import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from simulation import load_experiment
from tests.docs import tables

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "node_modules" for part in path.relative_to(ROOT).parts)
)


@pytest.mark.unit
def test_examples_in_the_glossary_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    failed, attempted = doctest.testfile(str(ROOT / "docs/glossary.md"), module_relative=False)
    assert attempted > 5
    assert failed == 0


@pytest.mark.unit
@pytest.mark.parametrize("document", tables.DOCUMENTS)
def test_tables_equal_those_of_the_code(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    assert tables.with_tables(text) == text, "run: make tables"


@pytest.mark.unit
def test_every_table_of_the_code_is_in_a_document():
    texts = [(ROOT / document).read_text(encoding="utf-8") for document in tables.DOCUMENTS]
    shown = {name for text in texts for name in tables.names_in(text)}
    assert shown == set(tables.TABLES)


@pytest.mark.unit
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.unit
def test_sources_that_docstrings_name_exist():
    anchors = set(re.findall(r'<a id="([^"]+)">', (ROOT / "docs/model.md").read_text(encoding="utf-8")))
    named = {
        anchor
        for path in (ROOT / "simulation").rglob("*.py")
        for anchor in re.findall(r"docs/model\.md#([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= anchors


@pytest.mark.unit
def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.unit
@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "simulation").rglob("*.py")) if ">>> " in path.read_text(encoding="utf-8")],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_examples_in_docstrings_run(path, monkeypatch):
    monkeypatch.chdir(ROOT)
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    failed, attempted = doctest.testmod(import_module(name))
    assert attempted
    assert failed == 0


@pytest.mark.unit
def test_the_experiment_in_the_how_to_on_papers_can_be_used(tmp_path):
    (written,) = re.findall(
        r"```yaml\n(.*?)```", (ROOT / "docs/how-to/papers.md").read_text(encoding="utf-8"), re.DOTALL
    )
    path = tmp_path / "experiment.yaml"
    path.write_text(written.replace("../mid-south-essex.yaml", str(ROOT / "scenarios/mid-south-essex.yaml")))
    experiment = load_experiment(path)
    assert experiment.attribution.second == "coaching"
    assert experiment.paper.audience == "Finance Committee"


@pytest.mark.unit
def test_the_experiment_in_the_how_to_can_be_used(tmp_path):
    how_to = (ROOT / "docs/how-to/batches.md").read_text(encoding="utf-8")
    (written,) = [block for block in re.findall(r"```yaml\n(.*?)```", how_to, re.DOTALL) if "compare:" in block]
    path = tmp_path / "experiment.yaml"
    path.write_text(written.replace("../", f"{ROOT / 'scenarios'}/"))
    experiment = load_experiment(path)
    assert len(experiment.variants) * len(experiment.factors[0].values.values) == 6


@pytest.mark.unit
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_tests_and_targets_that_are_named_exist(document):
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    if document.name != "CHANGELOG.md":
        assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets
        assert [path for path in re.findall(r"`(tests/[\w/.-]+)`", text) if not (ROOT / path).exists()] == []


@pytest.mark.unit
@pytest.mark.parametrize("path", sorted((ROOT / "docs/pictures").glob("*.svg")), ids=lambda path: path.name)
def test_diagrams_have_words_for_those_who_cannot_see_them_and_letters_that_can_be_read(path):
    drawn = path.read_text(encoding="utf-8")
    width = float(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    assert re.search(r'role="img" aria-labelledby="(\w+) (\w+)"', drawn)
    assert len(re.search(r"<desc[^>]*>(.*?)</desc>", drawn)[1]) > 100
    assert min(float(size) for size in re.findall(r'font-size="(\d+)"', drawn)) * 640 / width > 9
