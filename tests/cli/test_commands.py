"""The other commands as their user types them, and what they may not load."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import __version__
from tests.cli.test_run import ROOT, TWO_TRUSTS, trustsim

SLOW = {"mesa", "pandas", "matplotlib", "pyarrow", "scipy", "networkx"}

EIGHT_MISTAKES = """\
title: no
start: 2015-13
months: 1.5
populaton: 3
population: 1000
do_nothing: {2016-01: 10}
organisations:
  board: {role: comissioner, income: 100}
  hospital: {role: provider, income: -5}
programmes:
  care: {value: 4, shares: {board: 0.6, hospital: 0.3}}
levers: {coaching: {strength: 1e3}}
"""


@pytest.mark.e2e
def test_eight_mistakes_get_eight_lines_with_location_and_fix(tmp_path):
    (tmp_path / "mine.yaml").write_text(EIGHT_MISTAKES)
    done = trustsim("validate", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "mine.yaml:1:8: title: YAML reads this as true or false; put it in quotes (given: no)",
        'mine.yaml:2:8: start: must be a month written YYYY-MM, such as 2015-12 (given: "2015-13")',
        "mine.yaml:3:9: months: must be a whole number (given: 1.5)",
        "mine.yaml:4:1: populaton: unknown field; did you mean population?",
        'mine.yaml:8:17: organisations.board.role: must be commissioner or provider (given: "comissioner"); '
        "did you mean commissioner?",
        "mine.yaml:9:38: organisations.hospital.income: must be more than 0 (given: -5)",
        "mine.yaml:11:28: programmes.care.shares: shares must add up to 1 (given: they add up to 0.9)",
        "mine.yaml:12:31: levers.coaching.strength: YAML reads this as text; write 1000, or put it in quotes "
        "(given: 1e3)",
    ]


@pytest.mark.e2e
def test_every_shipped_scenario_is_valid(tmp_path):
    done = trustsim("validate", ROOT / "scenarios", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    known = (": warning: programmes.", ": warning: target: £0m in the last month is out of reach")
    assert all(any(each in line for each in known) for line in done.stderr.splitlines())
    assert len(done.stdout.splitlines()) == len(list((ROOT / "scenarios").glob("*.yaml")))


@pytest.mark.e2e
@pytest.mark.parametrize("path", ["missing.yaml", "."])
def test_validate_reports_missing_files(path, tmp_path):
    done = trustsim("validate", path, cwd=tmp_path)
    assert done.returncode == 2
    assert path in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.e2e
def test_a_new_scenario_is_valid_runs_and_is_never_overwritten(tmp_path):
    assert trustsim("new", "my-place", cwd=tmp_path).returncode == 0
    text = (tmp_path / "my-place.yaml").read_text()
    valid = trustsim("validate", "my-place.yaml", cwd=tmp_path)
    assert (valid.stdout, valid.stderr) == ("my-place.yaml: ok\n", "")
    assert trustsim("run", "my-place.yaml", "--replicates", 2, "--no-charts", cwd=tmp_path).returncode == 0
    again = trustsim("new", "my-place", cwd=tmp_path)
    assert again.returncode == 2
    assert "nothing was written" in again.stderr
    assert (tmp_path / "my-place.yaml").read_text() == text


@pytest.mark.unit
def test_each_number_of_a_new_scenario_has_an_anchor():
    lines = (ROOT / "simulation/cli/starter.yaml").read_text(encoding="utf-8").splitlines()
    written = [line.partition(" # ") for line in lines if not line.startswith("#")]
    bare = [line for line, _, anchor in written if re.search(r"[:\[{ ]-?[0-9.]+[,}\n]|[0-9]$", line) and not anchor]
    assert bare == ["do_nothing: {2024-04: 20, 2027-03: 32}"]
    above = lines.index(bare[0])
    assert all(line.startswith("#") for line in lines[above - 2 : above])


@pytest.mark.e2e
def test_show_says_who_pays_whom_and_what_each_has_after_payment(tmp_path):
    shown = trustsim("show", TWO_TRUSTS, "--no-register", cwd=tmp_path).stdout
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "hospital_contract The hospital contract commissioner hospital 100 tariff commissioner" in rows
    assert "care_at_home Care at home in place of a hospital bed 6 2024-04 4 from hospital 3" in rows
    assert "care_at_home commissioner 0.6 3 3.6" in rows
    assert "care_at_home hospital 5.4 −3 2.4" in rows


@pytest.mark.e2e
def test_show_says_that_cost_shocks_come_on_top_of_the_gap_of_the_file(tmp_path):
    shock = "events: [{event: cost_shock, month: 2025-01, size: 10}]"
    (tmp_path / "a.yaml").write_text(f"extends: {TWO_TRUSTS}\ntitle: With a shock\n{shock}\n", encoding="utf-8")
    shown = trustsim("show", "a.yaml", "--no-register", cwd=tmp_path).stdout
    assert "gap before any savings, £m a year: 2024-04 10; 1 cost shock on top" in shown


@pytest.mark.e2e
def test_show_passes_over_a_cost_shock_after_the_last_month(tmp_path):
    late, last = ("{event: cost_shock, month: 2040-01, size: 10}", "{event: cost_shock, month: 2025-01, size: 10}")
    for events, said in (([late], "10\n"), ([late, last], "10; 1 cost shock on top\n")):
        shock = f"events: [{', '.join(events)}]"
        (tmp_path / "a.yaml").write_text(f"extends: {TWO_TRUSTS}\ntitle: With a shock\n{shock}\n", encoding="utf-8")
        shown = trustsim("show", "a.yaml", "--no-register", cwd=tmp_path).stdout
        assert f"gap before any savings, £m a year: 2024-04 {said}" in shown


@pytest.mark.e2e
def test_show_lists_programmes_and_organisations_as_the_file_does_and_adds_up(tmp_path):
    text = Path(TWO_TRUSTS).read_text(encoding="utf-8")
    more = "programmes:\n  waiting_lists: {saves: {hospital: 2, commissioner: -0.5}}\n"
    (tmp_path / "a.yaml").write_text(text.replace("programmes:\n", more), encoding="utf-8")
    shown = trustsim("show", "a.yaml", "--no-register", cwd=tmp_path).stdout
    rows = [" ".join(line.split()) for line in shown[shown.index("What each saves") :].splitlines()]
    first = rows.index("waiting_lists commissioner −0.5 0 −0.5")
    assert rows[first : first + 6] == [
        "waiting_lists commissioner −0.5 0 −0.5",
        "waiting_lists hospital 2 0 2",
        "care_at_home commissioner 0.6 3 3.6",
        "care_at_home hospital 5.4 −3 2.4",
        "all programmes commissioner 0.1 3 3.1",
        "all programmes hospital 7.4 −3 4.4",
    ]


@pytest.mark.e2e
def test_show_puts_assumed_numbers_first(tmp_path):
    shown = trustsim("show", ROOT / "scenarios/mid-south-essex.yaml", cwd=tmp_path).stdout
    register = shown[shown.index("assumed numbers and defaults first") :]
    assert "Basildon and Thurrock University Hospitals" in shown
    assert register.index(" assumed ") < register.index(" derived ") < register.index(" sourced ")
    assert "trust_gain" in register


@pytest.mark.golden
def test_the_schema_in_the_folder_is_the_codes(tmp_path):
    printed = trustsim("schema", cwd=tmp_path).stdout
    assert printed == (ROOT / "scenarios/schema.json").read_text(encoding="utf-8")


@pytest.mark.e2e
@pytest.mark.parametrize("words", [("explode",), ("validate",), ("run",), ("show",)])
def test_wrong_usage_is_exit_code_2(words, tmp_path):
    done = trustsim(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert "Usage: trustsim" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.e2e
def test_version(tmp_path):
    assert trustsim("--version", cwd=tmp_path).stdout == f"trustsim {__version__}\n"


@pytest.mark.architecture
@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (("--help",), SLOW | {"numpy", "pydantic", "yaml", "rich"}),
        (("validate", TWO_TRUSTS), SLOW),
        (("show", TWO_TRUSTS), SLOW),
        (("schema",), SLOW),
        (("run", TWO_TRUSTS, "--replicates", "1", "--no-charts"), {"matplotlib"}),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_a_command_loads_only_what_it_needs(words, unwanted, tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "simulation", *words],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "typer" in loaded
    assert not loaded & unwanted


@pytest.mark.architecture
def test_importing_the_package_costs_nothing():
    code = "import sys, simulation; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path("/"))
    assert not set(loaded.stdout.split()) & (SLOW | {"numpy", "pydantic", "yaml"})
