"""Every claim of the interview, with and without its mechanism, in three scenarios and over the ranges."""

import pytest

from simulation.analysis.claims import Verdict
from simulation.cli._claims_words import LABELS, cells, expectation
from simulation.cli.claims import REFERENCE
from simulation.execution.claims import WithAndWithout
from simulation.experiment.claims import CLAIMS, Outcome
from simulation.formatting import without_joiners
from simulation.scenario.loading import load_scenario
from tests.places import SCENARIOS
from tests.verification.documents import WRITE, check_or_write, in_markdown
from tests.verification.mutations import MUTATIONS, id_of_test
from tests.verification.variants import POINTS, REPLICATES, SEED

pytestmark = pytest.mark.verification

PLACES = dict(zip(("no joint action", "instruction", "partnership, half"), REFERENCE, strict=True))


@pytest.fixture(scope="module")
def findings():
    """The finding on each claim in each scenario, by the claim's name and the scenario's label."""
    places = {
        label: WithAndWithout(
            scenario=load_scenario(SCENARIOS / f"{name}.yaml"), replicates=REPLICATES, points=POINTS, seed=SEED
        )
        for label, name in PLACES.items()
    }
    return {claim.name: {label: place.without(claim) for label, place in places.items()} for claim in CLAIMS}


def test_claims_and_their_tests(request):
    """The table of mechanisms, switches, tests and the lines that the tests must miss."""
    rows = [
        (
            f"{claim.sentence}",
            f"`{claim.name}`",
            claim.mechanism,
            claim.switch,
            expectation(claim),
            f"`{id_of_test(claim.name).partition('::')[2]}`",
            f"`{MUTATIONS[claim.name].phase}.{MUTATIONS[claim.name].rule}`",
        )
        for claim in CLAIMS
    ]
    head = ("It was said", "Claim", "In the model", "Switched off by", "If the claim is right", "Test", "Rule")
    report(request, "claims", head, rows)


def test_verdicts(request, findings):
    """The table of verdicts: in each scenario by chance, and the points of the ranges as said and the other way."""
    rows = [(f"`{claim.name}`", *(verdict_words(findings[claim.name][label]) for label in PLACES)) for claim in CLAIMS]
    shown = {name: {finding.verdict for finding in each.values()} for name, each in findings.items()}
    nowhere = [name for name, verdicts in shown.items() if Verdict.SHOWN not in verdicts]
    opposite = [name for name, verdicts in shown.items() if Verdict.OPPOSITE in verdicts]
    notes = [
        f"Shows in none of the three scenarios: {named(nowhere)}.",
        f"Points the other way in one of them or more: {named(opposite)}.",
    ]
    report(request, "verdicts", ("Claim", *PLACES), rows, notes)


def named(claims):
    """Names of claims as a list in a sentence."""
    return ", ".join(f"`{name}`" for name in claims) or "none"


def verdict_words(finding):
    """The verdict, and in brackets how many points are as said and how many the other way."""
    if finding.verdict is Verdict.ABSENT:
        return str(finding.verdict)
    over = finding.judged.over_ranges
    return f"{finding.verdict} ({over.as_said}, {over.opposite} of {over.points})"


def test_differences(request, findings):
    """The table of differences, without less with the mechanism: 95% intervals, and over the ranges."""
    rows = []
    for claim in CLAIMS:
        for label, finding in findings[claim.name].items():
            for effect in finding.effects:
                if effect.outcome is not Outcome.EIGHT_WEEKS or claim.outcome is Outcome.EIGHT_WEEKS:
                    written = map(without_joiners, cells(effect))
                    rows.append((f"`{claim.name}`", label, LABELS[effect.outcome], *written))
    head = ("Claim", "Scenario", "Outcome", "With", "Without", "Difference", "95% interval")
    report(request, "differences", (*head, "Median over the ranges", "5% to 95% of points"), rows)


def report(request, name, head, rows, notes=()):
    """Print a table, and compare it with the document's."""
    table = "\n\n".join([in_markdown(head, rows), *notes])
    print(f"\n\n{name}\n\n{table}\n", flush=True)
    check_or_write("docs/claims.md", name, table, write=request.config.getoption(WRITE, default=False))
