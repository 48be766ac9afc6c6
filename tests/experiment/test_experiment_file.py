"""Experiment files: what they come to, and every mistake with its location and its fix."""

from pathlib import Path

import pytest

from simulation.experiment.loading import find_experiment_problems, is_experiment, load_experiment
from simulation.experiment.schema import Distribution, Values
from simulation.levers import Lever
from simulation.scenario.loading import load_scenario
from simulation.scenario.problems import ScenarioError

pytestmark = pytest.mark.unit

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted((SCENARIOS / "experiments").glob("*.yaml"))
TWO_TRUSTS = SCENARIOS / "two-trusts.yaml"
TWO_VARIANTS = "compare: {alone: {}, coached: {levers: {coaching: {strength: 1}}}}\n"
HEAD = f"title: A trial\nscenario: {TWO_TRUSTS}\n"


@pytest.fixture
def problems_in(tmp_path):
    """Return the mistakes in an experiment with this text after its first two lines, without the file's name."""

    def find(text: str, head: str = HEAD) -> list[str]:
        path = tmp_path / "trial.yaml"
        path.write_text(head + text)
        return [str(problem).removeprefix(f"{path}:") for problem in find_experiment_problems(path)]

    return find


@pytest.fixture
def load(tmp_path):
    """An experiment of that text after its first two lines."""

    def load_text(text: str):
        path = tmp_path / "trial.yaml"
        path.write_text(HEAD + text)
        return load_experiment(path)

    return load_text


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_experiments_can_be_used(path):
    experiment = load_experiment(path)
    assert is_experiment(path)
    assert experiment.name == path.stem
    assert experiment.question


def test_shipped_experiments_have_the_documented_designs():
    assert [path.stem for path in SHIPPED] == [
        "early-or-late",
        "instruct-or-coach",
        "levers-one-by-one",
        "loss-ratio-and-trust-rule",
        "one-that-never-moves",
        "package-or-parts",
        "partnership-today",
        "seven-million",
        "ways-to-close-a-gap",
    ]
    by_name = {path.stem: load_experiment(path) for path in SHIPPED}
    one_by_one = by_name["levers-one-by-one"]
    named = {factor.address.split(".")[1] for factor in one_by_one.factors}
    assert named == set(Lever), "each lever is run alone: add a line to scenarios/experiments/levers-one-by-one.yaml"
    assert all(factor.is_choice for factor in one_by_one.factors)
    assert [factor.is_choice for factor in by_name["early-or-late"].factors] == [True]
    loss = by_name["loss-ratio-and-trust-rule"]
    assert not any(factor.is_choice for factor in loss.factors)
    assert [factor.values.values for factor in loss.factors] == [(0.5, 1, 2, 3), ("linear", "confirmatory")]
    assert len(by_name["package-or-parts"].variants) == 2 + 10 + 10
    demo = by_name["ways-to-close-a-gap"]
    assert [variant.name for variant in demo.variants] == [
        "no joint action",
        "instruction",
        "partnership at half strength",
        "partnership at full strength",
        "instruction and partnership",
        "instruction for two months, and partnership",
    ]
    assert (demo.attribution.first, demo.attribution.second) == ("no joint action", "partnership at full strength")


def test_the_least_that_an_experiment_says(load):
    experiment = load("")
    assert (experiment.name, experiment.title, experiment.seed, experiment.replicates) == ("trial", "A trial", 1, 200)
    assert [variant.name for variant in experiment.variants] == ["two-trusts"]
    assert experiment.variants[0].scenario == load_scenario(TWO_TRUSTS)


def test_a_scenario_may_be_called_none(load):
    """It is not taken for the ends of an attribution that nobody asks for."""
    variants = load("compare: {None: {}, some: {levers: {coaching: {strength: 1}}}}\n").variants
    assert [variant.name for variant in variants] == ["None", "some"]


def test_what_is_compared_is_the_scenario_with_what_differs(load):
    variants = load(
        "compare:\n  no joint action:\n  coached: {levers: {coaching: {strength: 0.5}}}\n  t: {title: Mine}\n"
    ).variants
    assert [variant.name for variant in variants] == ["no joint action", "coached", "t"]
    assert variants[1].scenario.levers[Lever.COACHING][0].strength == 0.5
    base = load_scenario(TWO_TRUSTS).title
    assert [variant.scenario.title for variant in variants] == [base, f"{base}: coached", "Mine"]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("parameters.loss_ratio: [0.5, 1]", (0.5, 1)),
        ("parameters.trust_rule: [linear, confirmatory]", ("linear", "confirmatory")),
        ("parameters.loss_ratio: {from: 1, to: 2, steps: 3}", (1, 1.5, 2)),
        ("population: {from: 12, to: 24, steps: 3}", (12, 18, 24)),
        ("levers.coaching.strength: {from: 0, to: 1, steps: 5}", (0, 0.25, 0.5, 0.75, 1)),
        ("programmes.care_at_home.from: {from: 2024-04, to: 2025-02, steps: 3}", ("2024-04", "2024-09", "2025-02")),
        ("relationships.hospital.commissioner: [0.2, 0.6]", (0.2, 0.6)),
    ],
)
def test_values_to_try(written, values, load):
    (factor,) = load(f"vary:\n  {written}\n").factors
    assert factor.values == Values(values=values)
    assert [type(value) for value in factor.values.values] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("{values: [0, 0.5, 1], choice: true}", (0, 0.5, 1)),
        ("{from: 0, to: 1, steps: 3, choice: true}", (0, 0.5, 1)),
    ],
)
def test_a_lever_may_be_a_choice(written, values, load):
    (factor,) = load(f"vary:\n  levers.coaching.strength: {written}\n").factors
    assert factor.values == Values(values=values)
    assert factor.is_choice


@pytest.mark.parametrize(
    "written", ["{from: 0, to: 1, choice: true}", "{distribution: uniform, low: 0, high: 1, choice: true}"]
)
def test_a_distribution_may_be_a_choice_unless_choices_are_tried_at_each_point(written, load):
    text = f"vary:\n  levers.coaching.strength: {written}\ndesign: {{kind: KIND, points: 3}}\n"
    (factor,) = load(text.replace("KIND", "sobol")).factors
    assert factor.values == Distribution(distribution="uniform", low=0, high=1)
    assert factor.is_choice
    for kind in ("random", "latin-hypercube"):
        with pytest.raises(ScenarioError, match=f"strength: a choice needs values to try at every point of a {kind}"):
            load(text.replace("KIND", kind))


@pytest.mark.parametrize("written", ["[0, 1]", "{values: [0, 1]}", "{values: [0, 1], choice: false}"])
def test_what_is_varied_is_an_assumption_unless_the_file_says_otherwise(written, load):
    (factor,) = load(f"vary:\n  levers.coaching.strength: {written}\n").factors
    assert factor.values == Values(values=(0, 1))
    assert not factor.is_choice


@pytest.mark.parametrize(
    ("written", "spread"),
    [
        ("parameters.loss_ratio: {from: 1, to: 2}", Distribution(distribution="uniform", low=1, high=2)),
        (
            "parameters.lead_capacity: {from: 2, to: 6}",
            Distribution(distribution="uniform", low=2, high=6, counts="whole"),
        ),
        (
            "programmes.care_at_home.from: {from: 2024-04, to: 2025-03}",
            Distribution(distribution="uniform", low=2024 * 12 + 3, high=2025 * 12 + 2, counts="month"),
        ),
        (
            "parameters.exposure: {distribution: triangular, low: 0.1, mode: 0.3, high: 0.8}",
            Distribution(distribution="triangular", low=0.1, mode=0.3, high=0.8),
        ),
        (
            "parameters.exposure: {distribution: normal, mean: 0.3, sd: 0.1, low: 0.1, high: 0.8}",
            Distribution(distribution="normal", mean=0.3, sd=0.1, low=0.1, high=0.8),
        ),
    ],
)
def test_distributions(written, spread, load):
    experiment = load(f"vary:\n  {written}\ndesign: {{kind: latin-hypercube, points: 10}}\n")
    assert experiment.factors[0].values == spread
    assert (experiment.design, experiment.points) == ("latin-hypercube", 10)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sed: 1\n", "3:1: sed: unknown field; did you mean seed?"),
        ("seed: -1\n", "3:7: seed: must be at least 0 (given: -1)"),
        ("replicates: 0\n", "3:13: replicates: must be at least 1 (given: 0)"),
        ("replicates: 2.5\n", "3:13: replicates: must be a whole number (given: 2.5)"),
        ("question: [a]\n", "3:11: question: must be text (given: a list)"),
        ("compare: {}\n", "3:10: compare: must name at least one scenario, such as `no joint action: {}`"),
        ("compare: [a]\n", "3:10: compare: must be a mapping of names to values (given: a list)"),
        (
            "assumptions: 256\n",
            "3:14: assumptions: must be {}, or what differs from the usual sample, such as {points: 256} (given: 256)",
        ),
        (
            "compare:\n  a: 3\n",
            "4:6: compare.a: must be what differs from the scenario, or {} if nothing does (given: 3)",
        ),
        (
            "compare:\n  a: {extends: b.yaml}\n",
            "4:7: compare.a.extends: is not used here; to start from another scenario file, name it as `scenario`",
        ),
        (
            "compare:\n  a: {levers: {coching: {strength: 1}}}\n",
            "4:16: compare.a.levers.coching: unknown lever; did you mean coaching?",
        ),
        (
            "compare:\n  a: {levers: {coaching: {strength: 2}}}\n",
            "4:37: compare.a.levers.coaching.strength: must be at most 1 (given: 2)",
        ),
        (
            "compare:\n  a: {programmes: {care_at_home: {shares: {commissioner: 0.6, hospital: 0.9}}}}\n",
            "4:43: compare.a.programmes.care_at_home.shares: shares must add up to 1 (given: they add up to 1.5)",
        ),
        ("vary: {}\n", "3:7: vary: must name at least one thing to vary"),
        (
            "vary:\n  parameters.loss_ratio: 3\n",
            "4:26: vary.parameters.loss_ratio: must be a list of values, alone or as {values: [0, 1]}, a range such as "
            "{from: 0, to: 1, steps: 5}, or a distribution such as {distribution: uniform, low: 0, high: 1} (given: 3)",
        ),
        (
            "vary:\n  parameters.loss_ratio: []\n",
            "4:26: vary.parameters.loss_ratio: must name at least one value (given: an empty list)",
        ),
        (
            "vary:\n  parameters.loss_ratio: [1, 9]\n",
            "4:30: vary.parameters.loss_ratio[1]: must be at most 5 (given: 9)",
        ),
        (
            "vary:\n  parameters.loss_ratio: [1, 1]\n",
            "4:30: vary.parameters.loss_ratio[1]: is given twice; remove one (given: 1)",
        ),
        (
            "vary:\n  parameters.loss_ratio: [true]\n",
            "4:27: vary.parameters.loss_ratio[0]: must be a number, a month or a word (given: true)",
        ),
        (
            "vary:\n  parameters.loss_ratoi: [1]\n",
            "4:3: vary.parameters.loss_ratoi: unknown parameter; did you mean parameters.loss_ratio?",
        ),
        (
            "vary:\n  parameters.trust_rule: [linaer]\n",
            '4:27: vary.parameters.trust_rule[0]: must be linear or confirmatory (given: "linaer"); '
            "did you mean linear?",
        ),
        (
            "vary:\n  organisations.hopsital.income: [1]\n",
            "4:3: vary.organisations.hopsital.income: there is no organisations.hopsital; "
            "did you mean organisations.hospital.income?",
        ),
        (
            "vary:\n  levers.coching.strength: [1]\n",
            "4:3: vary.levers.coching.strength: unknown lever; did you mean levers.coaching.strength?",
        ),
        (
            "vary:\n  levers.coaching.from: [2024-05]\n",
            "4:3: vary.levers.coaching.from: levers.coaching is not used in the scenario, "
            "so only its strength can be varied",
        ),
        (
            "vary:\n  levers.*.strength: [1]\n",
            "4:3: vary.levers.*.strength: * matches nothing in any of the scenarios",
        ),
        (
            "vary:\n  organisations.hospital: [1]\n",
            "4:3: vary.organisations.hospital: holds more than a single value; name one inside it",
        ),
        (
            "vary:\n  a..b: [1]\n",
            "4:3: vary.a..b: must be names joined by dots, with indices in brackets, "
            "such as levers.coaching[1].strength",
        ),
        (
            "vary:\n  programmes.care_at_home.shares.hospital: [0.8]\n",
            "4:45: vary.programmes.care_at_home.shares.hospital[0]: 0.8 cannot be used here: "
            "programmes.care_at_home.shares: shares must add up to 1 (given: they add up to 0.9)",
        ),
        (
            "vary:\n  contracts.hospital_contract.payment: [block, tarif]\n",
            "4:48: vary.contracts.hospital_contract.payment[1]: must be tariff, block or shared"
            ' (given: "tarif"); did you mean tariff?',
        ),
        (
            "vary:\n  contracts.hospital_contract.provider: [commissioner]\n",
            "4:42: vary.contracts.hospital_contract.provider[0]: must be another organisation than the commissioner"
            ' (given: "commissioner")',
        ),
        (
            "vary:\n  parameters.unowned_realisation: [0.5, 0.8]\n",
            "4:41: vary.parameters.unowned_realisation[1]: must be at most owned_realisation, which is 0.75, "
            "its default (given: 0.8)",
        ),
        (
            "vary:\n  parameters.pace: {from: 1, to: 30}\ndesign: {kind: random, points: 3}\n",
            "4:34: vary.parameters.pace.to: must be at most 24 months (given: 30)",
        ),
        (
            "vary:\n  parameters.weakest_link: [0, 1, 1.1]\n",
            "4:35: vary.parameters.weakest_link[2]: must be at most 1 (given: 1.1)",
        ),
        (
            "vary:\n  parameters.opening_trust_same_sector: [0.5]\n",
            "4:3: vary.parameters.opening_trust_same_sector: is now same_sector_premium, the difference from "
            "opening_trust, such as 0.1",
        ),
        (
            "vary:\n  parameters.realisation_mean: [0.5]\n",
            "4:3: vary.parameters.realisation_mean: is now two parameters, owned_realisation and unowned_realisation",
        ),
        (
            "vary:\n  parameters.stalemate_weight: [0.5]\n",
            "4:3: vary.parameters.stalemate_weight: unknown parameter; did you mean parameters.stalemate?",
        ),
        (
            "vary:\n  opportunities.care_at_home.value: [5]\n",
            "4:3: vary.opportunities.care_at_home.value: there is no such field; an address starts with programmes or"
            " contracts",
        ),
        (
            "compare:\n  a: {opportunities: {care_at_home: {value: null}}}\n",
            "4:7: compare.a.opportunities: is now two sections, contracts and programmes;"
            " docs/how-to/from-the-first-edition.md says how to convert the file",
        ),
        (
            "vary:\n  parameters.loss_ratio: {from: 2, to: 1, steps: 2}\n",
            "4:40: vary.parameters.loss_ratio.to: must be above from, 2 (given: 1)",
        ),
        (
            "vary:\n  parameters.loss_ratio: {from: 1, to: 2}\n",
            "4:3: vary.parameters.loss_ratio: a grid design needs values to try: give a list, or a range with steps",
        ),
        (
            "vary:\n  population: {from: 12, to: 13, steps: 3}\n",
            "4:15: vary.population: must be a whole number (given: 12.5)",
        ),
        (
            "vary:\n  levers.coaching.strength: {values: [0, 2], choice: true}\n",
            "4:42: vary.levers.coaching.strength.values[1]: must be at most 1 (given: 2)",
        ),
        (
            "vary:\n  levers.coaching.strength: {values: [1, 1], choice: true}\n",
            "4:42: vary.levers.coaching.strength.values[1]: is given twice; remove one (given: 1)",
        ),
        (
            "vary:\n  levers.coaching.strength: {values: []}\n",
            "4:38: vary.levers.coaching.strength.values: must name at least one value (given: an empty list)",
        ),
        (
            "vary:\n  levers.coaching.strength: {values: [0, 1], choise: true}\n",
            "4:46: vary.levers.coaching.strength.choise: unknown field; did you mean choice?",
        ),
        (
            "vary:\n  levers.coaching.strength: {from: 0, to: 1, stps: 2}\ndesign: {kind: random, points: 9}\n",
            "4:46: vary.levers.coaching.strength.stps: unknown field; did you mean steps?",
        ),
        (
            "vary:\n  levers.coaching.strength: {values: [0, 1], choice: 1}\n",
            "4:54: vary.levers.coaching.strength.choice: must be true or false (given: 1)",
        ),
        (
            "vary:\n  parameters.loss_ratio: {from: 1, to: 2, steps: 2, choice: true}\n",
            "4:53: vary.parameters.loss_ratio.choice: a parameter is an assumption, not a choice; remove it",
        ),
        (
            "vary:\n  population: {values: [12], choice: true}\n",
            "4:30: vary.population.choice: is an assumption, not a choice: a board chooses a lever's strength, from, "
            "until or ramp; remove it",
        ),
        (
            "compare: {a: {levers: {coaching: {strength: 1, cost: 1}}}}\nvary:\n"
            "  levers.coaching.cost: {values: [1, 2], choice: true}\n",
            "5:42: vary.levers.coaching.cost.choice: is an assumption, not a choice: a board chooses a lever's "
            "strength, from, until or ramp; remove it",
        ),
        *(
            (
                f"vary:\n  {address}: {values}\n",
                f"4:3: vary.{address}: cannot be varied: runs of one experiment must have the same start and months; "
                "use one file for each",
            )
            for address, values in (
                ("months", "[12, 24]"),
                ("months", "{from: 12, to: 36}\ndesign: {kind: random, points: 9}"),
                ("start", "[2024-04, 2025-07]"),
                ("start", "{values: [2023-11], choice: true}\ndesign: one-at-a-time"),
            )
        ),
        ("question:\n", "3:10: question: has no value; give one, or leave the line out"),
        (
            "vary:\n  population: {from: 12, to: 2024-05, steps: 2}\n",
            '4:30: vary.population.to: must be a number, as from is (given: "2024-05")',
        ),
        (
            "vary:\n  population: {from: 2024-05, to: noon, steps: 2}\n",
            '4:35: vary.population.to: must be a number or a month written YYYY-MM (given: "noon")',
        ),
        (
            "vary:\n  programmes.care_at_home.from: {from: 2024-04, to: 2024-06, steps: 4}\n",
            "4:69: vary.programmes.care_at_home.from.steps: is more than there are months (given: 4)",
        ),
        (
            "vary:\n  parameters.loss_ratio: {distribution: unifrom, low: 1, high: 2}\n"
            "design: {kind: random, points: 9}\n",
            "4:41: vary.parameters.loss_ratio.distribution: must be uniform, triangular or normal "
            '(given: "unifrom"); did you mean uniform?',
        ),
        (
            "vary:\n  parameters.loss_ratio: {distribution: uniform, low: 1, high: 2, mode: 1}\n"
            "design: {kind: random, points: 9}\n",
            "4:67: vary.parameters.loss_ratio.mode: unknown field",
        ),
        (
            "vary:\n  parameters.loss_ratio: {distribution: triangular, low: 1, mode: 3, high: 2}\n"
            "design: {kind: random, points: 9}\n",
            "4:67: vary.parameters.loss_ratio.mode: must be from low, 1, to high, 2 (given: 3)",
        ),
        (
            "vary:\n  parameters.loss_ratio: {distribution: normal, mean: 1, sd: 0, low: 1, high: 2}\n"
            "design: {kind: random, points: 9}\n",
            "4:62: vary.parameters.loss_ratio.sd: must be above 0 (given: 0)",
        ),
        ("compare: {' ': {}}\n", "3:11: compare. : must be a name of 1 to 60 printable characters"),
        (
            "seed: 18446744073709551616\n",
            "3:7: seed: must be at most 18446744073709551615 (given: 18446744073709551616)",
        ),
        ("design: grid\n", "3:1: design: has no effect without vary"),
        (
            "vary:\n  population: [12]\ndesign: gird\n",
            "5:9: design: must be grid, one-at-a-time, latin-hypercube, sobol, morris or random "
            '(given: "gird"); did you mean grid?',
        ),
        (
            "vary:\n  population: [12]\ndesign: sobol\n",
            "5:9: design: must say how many points it draws: write {kind: sobol, points: 100}",
        ),
        (
            "vary:\n  population: [12]\ndesign: {kind: morris, points: 1}\n",
            "5:32: design.points: must be at least 2 (given: 1)",
        ),
        (
            "vary:\n  population: [12]\ndesign: {kind: grid, points: 3}\n",
            "5:22: design.points: has no effect in a grid design, which uses the values that are given; remove it",
        ),
        ("opportunities: {care_at_home: {value: 3}}\n", "3:1: opportunities: unknown field"),
        (
            "detail: [outturn]\n",
            "3:10: detail[0]: must be organisations, relationships, opportunities, outturns, agreements, memberships "
            'or trust (given: "outturn"); did you mean outturns?',
        ),
        (
            f"{TWO_VARIANTS}attribution: {{from: alone}}\n",
            "4:14: attribution.to: is missing",
        ),
        (
            f"{TWO_VARIANTS}attribution: {{from: alone, to: coachd}}\n",
            '4:32: attribution.to: must be alone or coached (given: "coachd"); did you mean coached?',
        ),
        (
            f"{TWO_VARIANTS}attribution: {{from: alone, to: alone}}\n",
            "4:14: attribution: alone and alone do not differ in anything that changes a number",
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{points: 1}}\n",
            "4:23: assumptions.points: must be at least 2 (given: 1)",
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{stretch: 0}}\n",
            "4:24: assumptions.stretch: must be at least 0.1 (given: 0)",
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{stretch: 20}}\n",
            "4:24: assumptions.stretch: must be at most 5 (given: 20)",
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{stretch: wide}}\n",
            '4:24: assumptions.stretch: must be a number (given: "wide")',
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{stretch: .inf}}\n",
            "4:24: assumptions.stretch: must be a finite number (given: inf)",
        ),
        (
            f"{TWO_VARIANTS}assumptions: {{strech: 2}}\n",
            "4:15: assumptions.strech: unknown field; did you mean stretch?",
        ),
        (
            f"{TWO_VARIANTS}fixed_stances: {{replicates: 1.5}}\n",
            "4:29: fixed_stances.replicates: must be a whole number (given: 1.5)",
        ),
        (
            f"{TWO_VARIANTS}paper: {{fro: Board}}\n",
            "4:9: paper.fro: unknown field; did you mean for?",
        ),
        (
            f"{TWO_VARIANTS}paper: {{survey_cost: -0.02}}\n",
            "4:22: paper.survey_cost: must be at least 0 (given: -0.02)",
        ),
        (
            f"{TWO_VARIANTS}paper: {{survey_cost: 20000}}\n",
            "4:22: paper.survey_cost: must be at most 100 (given: 20000)",
        ),
        (
            "vary:\n  population: [12]\nassumptions: {}\n",
            "5:1: assumptions: runs only where scenarios are compared as they are; remove vary, or ask for it in "
            "another file",
        ),
    ],
)
def test_each_mistake_is_reported_with_its_location_and_its_fix(text, expected, problems_in):
    assert problems_in(text) == [expected]


def test_all_mistakes_are_reported_at_once(problems_in):
    text = "seed: x\ncompare:\n  a: {months: 0}\nvary:\n  foo: [1]\ndesign: gird\n"
    assert [line.split(": ")[1] for line in problems_in(text)] == ["seed", "compare.a.months", "design"]


def test_a_name_that_would_break_a_line_is_quoted(problems_in):
    assert problems_in('compare: {a: {}, "b\\nc": {levers: null}}\n') == [
        r'3:18: compare."b\nc": must be a name of 1 to 60 printable characters (given: "b\nc")',
        r'3:35: compare."b\nc".levers: nothing to remove: the file that this one extends does not have it',
    ]


def test_a_stretch_of_the_ranges_is_kept(load):
    assert load(f"{TWO_VARIANTS}assumptions: {{}}\n").assumptions.stretch == 1
    assert load(f"{TWO_VARIANTS}assumptions: {{stretch: 2}}\n").assumptions.stretch == 2


BOTH = "vary:\n  parameters.unowned_realisation: {}\n  parameters.owned_realisation: {}\ndesign: {}\n"


@pytest.mark.parametrize(
    ("unowned", "owned", "design"),
    [
        ("{from: 0.4, to: 0.8}", "{from: 0.5, to: 0.9}", "{kind: latin-hypercube, points: 9}"),
        ("[0.4, 0.8]", "[0.5, 0.9]", "{kind: random, points: 9}"),
        ("[0.4, 0.5]", "[0.5, 0.6]", "grid"),
    ],
)
def test_two_numbers_that_are_varied_together_are_not_tried_against_each_others_default(unowned, owned, design, load):
    """Without ownership 0.8 is above the default with it, 0.75; with it 0.5 is below the default without, 0.55."""
    assert len(load(BOTH.format(unowned, owned, design)).factors) == 2


def test_two_numbers_that_are_varied_one_at_a_time_are_each_tried_alone(problems_in):
    assert problems_in(BOTH.format("[0.4, 0.8]", "[0.5, 0.9]", "one-at-a-time")) == [
        "4:41: vary.parameters.unowned_realisation[1]: must be at most owned_realisation, which is 0.75, "
        "its default (given: 0.8)",
        "5:34: vary.parameters.owned_realisation[0]: must be at least unowned_realisation, which is 0.55, "
        "its default (given: 0.5)",
    ]


def test_two_factors_for_one_place_are_reported(problems_in):
    text = "compare:\n  a: {levers: {coaching: {strength: 1}}}\nvary:\n  levers.*.strength: [0]\n"
    assert problems_in(text + "  levers.coaching.strength: [1]\n") == [
        "7:3: vary.levers.coaching.strength: is varied by levers.*.strength too; remove one"
    ]


def test_a_sample_may_draw_unowned_work_above_owned(load):
    drawn = "{distribution: uniform, low: 0.3, high: 0.9}"
    text = f"vary: {{parameters.unowned_realisation: {drawn}}}\ndesign: {{kind: sobol, points: 2}}\n"
    (variant,) = load(text).variants
    assumed = variant.with_values({"parameters.unowned_realisation": 0.9}).resolve_parameters()
    assert (assumed.unowned_realisation, assumed.owned_realisation) == (0.75, 0.75)


def test_a_value_that_fails_in_some_of_the_scenarios_says_in_which(problems_in):
    text = (
        "compare:\n  a: {levers: {coaching: {strength: 1}}}\n  b: {levers: {coaching: {strength: 1, until: 2024-08}}}\n"
    )
    assert problems_in(text + "vary:\n  levers.coaching.from: [2024-09]\n") == [
        '7:26: vary.levers.coaching.from[0]: "2024-09" cannot be used here: levers.coaching[0].until: '
        'must be after the first month, 2024-09 (given: "2024-08") (in b)'
    ]


def test_what_is_wrong_with_the_scenario_is_reported_at_its_own_location(tmp_path):
    (tmp_path / "place.yaml").write_text(f"extends: {TWO_TRUSTS}\nmonths: 0\n")
    (tmp_path / "trial.yaml").write_text("title: A\nscenario: place.yaml\ncompare: {a: {}, b: {}}\n")
    with pytest.raises(ScenarioError) as refused:
        load_experiment(tmp_path / "trial.yaml")
    assert str(refused.value) == f"{tmp_path / 'place.yaml'}:2:9: months: must be at least 1 (given: 0)"


def test_a_missing_scenario_is_reported(tmp_path):
    (tmp_path / "trial.yaml").write_text("title: A\nscenario: plaice.yaml\n")
    (tmp_path / "place.yaml").write_text(f"extends: {TWO_TRUSTS}\n")
    (problem,) = find_experiment_problems(tmp_path / "trial.yaml")
    expected = "2:11: scenario: no such file (paths start at this file's folder) (given: plaice.yaml)"
    assert str(problem).endswith(f"{expected}; did you mean place.yaml?")


def test_title_and_scenario_must_be_there(problems_in):
    assert problems_in("seed: 1\n", head="") == ["1:1: title: is missing", "1:1: scenario: is missing"]


def test_experiments_are_distinguished_from_scenarios(tmp_path):
    assert not is_experiment(TWO_TRUSTS)
    assert not is_experiment(tmp_path / "none.yaml")
    (tmp_path / "half.yaml").write_text("vary: {months: [1]}\n")
    assert is_experiment(tmp_path / "half.yaml")
