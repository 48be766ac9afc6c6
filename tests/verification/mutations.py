"""The line of a rule that each claim stands on, and the same line without the claim's mechanism.

The test of a claim is the function of its name in tests/model/test_claims.py.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
RULES = "simulation/model/rules"
TESTS = "tests/model/test_claims.py"


class Mutation(NamedTuple):
    """One line of a rule, and what is written in its place."""

    phase: str
    """The file of the rule, without its folder and suffix."""
    line: str
    """The text to replace, which must be in the file exactly once."""
    without: str
    """The text without the mechanism."""

    @property
    def file(self) -> str:
        """The file of the rule, from the root of the checkout."""
        return f"{RULES}/{self.phase}.py"

    @property
    def rule(self) -> str:
        """The name of the rule that has the line."""
        before, _, _ = (ROOT / self.file).read_text(encoding="utf-8").partition(self.line)
        return re.findall(r"^def (\w+)\(", before, re.MULTILINE)[-1]


_ACCOUNTABILITY = "grip = 1.0 + grip_response * shortfall + instruction_effect * instruction + shock"
_EXPOSURE = "return exposure * (1.0 - menu_effect * menu) * (1.0 - coaching_skill * coaching)"
_STAKES = "return (1.0 - orientation) * share_per_participant(share, participants) + orientation * salience * benefit"
_SAVING = "return efficiency + rate * (pool - efficiency) * (1.0 - attention_cost * busy)"
_WORTH = "return value / milestones * realised * (unowned + (owned - unowned) * co_ownership)"
_ADVANTAGE = "return reciprocity * at_stake - (1.0 - orientation) * exposure - pressure"
_LEAD = "return (1.0 - by_skill) * (net_income / largest_net_income) + by_skill * (skill * trust_of_others)"
_ORDERED = "return not consent and months_instructed >= instruction_months and happens(draw, instruction)"
_CHANCE = "return skill * (delivery_floor + (1.0 - delivery_floor) * (mean_trust * co_ownership))"
_REFUSES = "return not population_first and stands_to_lose(share, participants, neutral_band)"
_FOLLOWS = "moved = moved + role_modelling * (seen_population_first / seen - orientation)"
_WEIGHT = "return neutral + (1.0 - neutral) * (per_participant if per_participant < 1.0 else 1.0)"

MUTATIONS: dict[str, Mutation] = {
    "eight-weeks": Mutation("negotiation", _ORDERED, "return False"),
    "shared-goal": Mutation("stance", "return 1.0 + goal_effect * goal", "return 1.0"),
    "coaching": Mutation(
        "reflection",
        "moved = orientation + coaching_effect * coaching * (1.0 - orientation)",
        "moved = orientation",
    ),
    "not-instruction": Mutation("convene", _ACCOUNTABILITY, "grip = 1.0 + grip_response * shortfall + shock"),
    "plan-on-a-page": Mutation("delivery", _CHANCE, "return skill"),
    "owners": Mutation("delivery", _WORTH, "return value / milestones * realised * owned"),
    "questions-evolve": Mutation("stance", _ADVANTAGE, "return at_stake - (1.0 - orientation) * exposure - pressure"),
    "role-models": Mutation("reflection", _FOLLOWS, "moved = moved + 0.0"),
    "menu": Mutation("stance", _EXPOSURE, "return exposure * (1.0 - coaching_skill * coaching)"),
    "ward-32": Mutation("account", _SAVING, "return efficiency"),
    "attention": Mutation("account", "busy = in_delivery / programmes if programmes > 0.0 else 0.0", "busy = 0.0"),
    "acknowledgement": Mutation(
        "convene",
        "return everyday * grip * (1.0 - acknowledgement_effect * acknowledgement)",
        "return everyday * grip",
    ),
    "grip": Mutation("convene", _ACCOUNTABILITY, "grip = 1.0 + instruction_effect * instruction + shock"),
    "savings-already-made": Mutation(
        "account", _SAVING, "return efficiency + rate * pool * (1.0 - attention_cost * busy)"
    ),
    "leading-and-following": Mutation("negotiation", _LEAD, "return net_income / largest_net_income"),
    "individually-accountable": Mutation(
        "convene",
        "shortfall = (1.0 - shared) * own_shortfall + shared * place_shortfall",
        "shortfall = place_shortfall",
    ),
    "shared-accountability": Mutation(
        "stance", "return (1.0 - shared) * share + shared / participants", "return share"
    ),
    "delivery-builds-trust": Mutation("reflection", "return weight if weight > 0.0 else 0.0", "return 0.0"),
    "trust-grows": Mutation("reflection", "risen = trust + gain * (1.0 - trust)", "risen = trust"),
    "promises-that-slip": Mutation("reflection", "return behind if is_behind and is_lead else 0.0", "return 0.0"),
    "neutral-or-win": Mutation("reflection", _WEIGHT, "return per_participant if per_participant < 1.0 else 1.0"),
    "sovereign-boards": Mutation("negotiation", _REFUSES, "return False"),
    "gain-share": Mutation("stance", "return share * (1.0 - gain_share)\n", "return share\n"),
    "my-budget": Mutation("payment", "return income * part * (1.0 - risk)", "return 0.0"),
    "payment-reform": Mutation("payment", "return (1.0 - payment_reform) * risk + payment_reform / 2.0", "return risk"),
    "win-lose": Mutation("negotiation", "return -my_loss if mine and not theirs else 0.0", "return 0.0"),
    "celebrate": Mutation("reflection", "return celebrated * celebration", "return 0.0"),
    "wellbeing": Mutation("stance", _STAKES, "return (1.0 - orientation) * share_per_participant(share, participants)"),
    "programmes": Mutation("account", "return do_nothing - efficiency - programmes", "return do_nothing - efficiency"),
}
"""By the name of the claim."""


def id_of_test(claim: str) -> str:
    """Return the id of the test of a claim."""
    return f"{TESTS}::test_{claim.replace('-', '_')}"


class Copy:
    """A copy of the package and of the tests of claims, in which rules are changed one at a time.

    Args:
        folder: An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        without_caches = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "simulation", folder / "simulation", ignore=without_caches)
        (folder / "tests/model").mkdir(parents=True)
        for name in ("tests/__init__.py", "tests/places.py", "tests/model/__init__.py", TESTS, "pyproject.toml"):
            shutil.copy(ROOT / name, folder / name)

    def run(self, *tests: str) -> tuple[int, str]:
        """Run tests on the copy as plain Python, and return the exit code and what was printed."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        environment = inherited | {
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NUMBA_DISABLE_JIT": "1",
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--tb=line", *tests],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def run_without(self, claim: str) -> str:
        """Take the mechanism of a claim away, run its test, and put the mechanism back.

        Returns:
            The line in which the test failed.

        Raises:
            AssertionError: If the line isn't in the rule exactly once, or the test does not fail by an assertion.
        """
        mutation = MUTATIONS[claim]
        path = self.folder / mutation.file
        as_it_is = path.read_text(encoding="utf-8")
        found = as_it_is.count(mutation.line)
        assert found == 1, f"{mutation.file} has {found} times: {mutation.line}"
        path.write_text(as_it_is.replace(mutation.line, mutation.without), encoding="utf-8")
        try:
            code, printed = self.run(id_of_test(claim))
        finally:
            path.write_text(as_it_is, encoding="utf-8")
        failed = re.findall(r"^.*test_claims\.py:\d+: (?:AssertionError|assert).*$", printed, re.MULTILINE)
        assert code == 1, f"the test of {claim} did not fail without its mechanism:\n{printed}"
        assert len(failed) == 1, f"the test of {claim} failed, but by no assertion:\n{printed}"
        return failed[0].replace(f"{self.folder}/", "")
