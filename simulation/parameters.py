"""The assumptions of the model, in one table: name, label, unit, range, default, meaning, source and status.

A parameter is an assumption; a lever is a choice. Ranges were set by meaning and fitted to nothing. Hard limits
bind scenario files; rules do not check them.
"""

from math import floor
from typing import Literal, NamedTuple

from simulation.vocabulary import TrustRule

Status = Literal["evidence", "assumed", "structural"]

LEAST_STRETCH, MOST_STRETCH = 0.1, 5.0
"""The factors by which a study may stretch all ranges; at the largest, each has reached its nearer hard limit."""


class Parameters(NamedTuple):
    """The value of every parameter, as floats in the order of the table (`trust_rule`: 0 linear, 1 confirmatory)."""

    decision_sharpness: float
    exposure: float
    accountability_pressure: float
    grip_response: float
    opening_trust: float
    same_sector_premium: float
    opening_orientation: float
    weakest_link: float
    trust_gain: float
    loss_ratio: float
    trust_rule: float
    meeting: float
    stalemate: float
    behind: float
    neutral: float
    celebrated: float
    co_ownership_memory: float
    quorum: float
    delivery_floor: float
    owned_realisation: float
    unowned_realisation: float
    realisation_spread: float
    mobilisation: float
    pace: float
    efficiency_rate: float
    attention_cost: float
    contract_saving: float
    turnover: float
    turnover_loss: float
    role_modelling: float
    neutral_band: float
    goal_effect: float
    coaching_effect: float
    coaching_skill: float
    menu_effect: float
    acknowledgement_effect: float
    stability_effect: float
    instruction_effect: float
    instruction_months: float
    instruction_persistence: float
    lead_capacity: float


class Parameter(NamedTuple):
    """One row of the table: a default in the middle of its range, and hard limits.

    `label` is in a board's words. `low` and `high` are the range: nothing known favours one of its values. A scenario
    file may give a value from `least` to `most`, with a warning outside the range. A row without a source rests on
    judgement. `whole` is True for a parameter that counts something.
    """

    name: str
    label: str
    unit: str
    default: float
    low: float
    high: float
    least: float
    most: float
    meaning: str
    source: str = "judgement"
    status: Status = "assumed"
    whole: bool = False

    def stretched(self, factor: float) -> tuple[float, float]:
        """Return the range widened about the default; both ends are held back by the nearer hard limit.

        Args:
            factor: 1 is the range itself, 2 twice as wide; above 0.

        Returns:
            The lower and upper end, with the default in the middle; whole numbers for a parameter that counts.
        """
        if self.status == "structural" or factor == 1.0:
            return self.low, self.high
        half = factor * (self.high - self.low) / 2
        half = min(half, self.default - self.least, self.most - self.default)
        half = floor(half) if self.whole else half
        # Sums such as 0.2 − 0.1 · 2 must not miss a limit by a rounding error.
        return round(self.default - half, 12), round(self.default + half, 12)


_LOGIT = "logit choice (McKelvey and Palfrey 1995); strength assumed"

TABLE: tuple[Parameter, ...] = (
    Parameter(
        "decision_sharpness", "How surely self-interest decides", "per unit of advantage",
        6, 3, 9, 0, 12,
        "how surely an organisation takes the stance that serves it: 0 is a coin toss, large is best response",
        _LOGIT, "assumed",
    ),
    Parameter(
        "exposure", "Risk of opening up first", "value per participant",
        0.3, 0.1, 0.5, 0, 2,
        "what opening population-first stands to concede to one who does not",
    ),
    Parameter(
        "accountability_pressure", "How hard each budget is held to account", "value per participant",
        0.2, 0.1, 0.3, 0, 2,
        "how hard being answerable for one's own budget presses toward the institution",
    ),
    Parameter(
        "grip_response", "How much harder regulators grip when behind", "for a shortfall of a tenth of income",
        1, 0, 2, 0, 5,
        "how much harder a regulator grips as the shortfall against plan grows",
    ),
    Parameter(
        "opening_trust", "Opening trust", "probability",
        0.4, 0.25, 0.55, 0, 1,
        "trust at the start between organisations of different sectors, and the level a fresh start returns to",
        "trust games (Johnson and Mislin 2011); conflict over budgets puts it at or below one half", "evidence",
    ),
    Parameter(
        "same_sector_premium", "Extra trust within a sector", "probability",
        0.1, 0, 0.2, 0, 1,
        "how much higher opening trust is between two organisations of one sector",
        "trust games (Johnson and Mislin 2011); size is judgement", "evidence",
    ),
    Parameter(
        "opening_orientation", "Weight on the population at the start", "weight",
        0.2, 0.05, 0.35, 0, 1,
        "the weight that an organisation puts on the population against itself, at the start and under a new leader",
    ),
    Parameter(
        "weakest_link", "Weight of the weakest relationship", "weight",
        0.25, 0, 0.5, 0, 1,
        "how far a deal depends on the partner who is trusted least, and not on all of them together",
        "minimum-effort games in large groups are decided by the least willing (Van Huyck et al. 1990)", "assumed",
    ),
    Parameter(
        "trust_gain", "How fast trust grows", "share of the way to full trust, a month",
        0.08, 0.04, 0.12, 0, 0.3,
        "what a fully won milestone adds to trust; other events are weighted against it",
    ),
    Parameter(
        "loss_ratio", "Weight of losses relative to gains", "losses against gains",
        2, 0.5, 3.5, 0, 5,
        "how fast an adverse event moves trust down, relative to how fast a good one of its size moves it up",
        "mixed: losses usually weigh more (Slovic 1993; Poortinga and Pidgeon 2004), once reversed (Li et al. 2021)",
        "evidence",
    ),
    Parameter(
        "trust_rule", "How trust moves", "0 linear, 1 confirmatory",
        0, 0, 1, 0, 1,
        "linear: each event moves trust a share of the way; confirmatory: most where trust is undecided",
        "confirmatory bias: Poortinga and Pidgeon 2004", "structural", whole=True,
    ),
    Parameter(
        "meeting", "Weight of a meeting on trust", "weight",
        0.1, 0, 0.2, 0, 1,
        "weight on trust of a constructive or a one-sided meeting, a fully won milestone being 1",
    ),
    Parameter(
        "stalemate", "Weight on trust of a stalemate", "weight",
        0.03, 0, 0.06, 0, 1,
        "weight on trust of a meeting in which both ask the institutional question",
    ),
    Parameter(
        "behind", "Weight on trust of a promise that slips", "weight",
        0.1, 0, 0.2, 0, 1,
        "weight on trust in its lead, each month, of a programme that is behind its promised pace",
        "trust is fragile where expectations are not met (Vangen and Huxham 2003); size is judgement", "assumed",
    ),
    Parameter(
        "neutral", "Weight on trust of a neutral outcome", "weight",
        0.4, 0.2, 0.6, 0, 1,
        "weight of a milestone that is better for the population and neutral for the institution",
    ),
    Parameter(
        "celebrated", "Weight on trust of a celebrated milestone", "weight",
        0.2, 0, 0.4, 0, 1,
        "weight of a milestone that is only seen, because it was celebrated",
    ),
    Parameter(
        "co_ownership_memory", "How fast co-ownership follows what is asked", "share a month",
        0.5, 0.2, 0.8, 0, 1,
        "how fast co-ownership follows the share of participants who ask the population-first question",
    ),
    Parameter(
        "quorum", "Co-ownership needed to agree", "co-ownership",
        0.7, 0.55, 0.85, 0, 1,
        "the co-ownership at which a programme can be agreed",
    ),
    Parameter(
        "delivery_floor", "Delivery that needs no trust", "probability a month",
        0.05, 0, 0.1, 0, 1,
        "the chance, with full skill, that a milestone is met in a month where nobody trusts and nobody owns",
        "at skill 0.5, 26 in 100 within a year: judgement", "assumed",
    ),
    Parameter(
        "owned_realisation", "Value saved where all own it", "share of value",
        0.75, 0.65, 0.85, 0, 1,
        "the part of a milestone's value on paper that is saved where all participants own it, at the middle",
        "0.61 recurrent (Audit Wales 2025); 0.90 was forecast (NAO 2018), never measured", "evidence",
    ),
    Parameter(
        "unowned_realisation", "Value saved where nobody owns it", "share of value",
        0.55, 0.45, 0.65, 0, 1,
        "the part of a milestone's value on paper that is saved where nobody owns it, at the middle",
        "0.59 substantiated (NAO 2012), 0.61 recurrent (Audit Wales 2025)", "evidence",
    ),
    Parameter(
        "realisation_spread", "How far real savings vary", "share of value",
        0.25, 0.1, 0.4, 0, 1,
        "how far a programme's savings may fall to either side of their middle, by chance",
    ),
    Parameter(
        "mobilisation", "Months to mobilise a programme", "months",
        6, 0, 12, 0, 24,
        "how many months an agreed programme prepares before a first milestone can be met",
        "vanguards saved nothing net in their first year (HSJ); size is judgement", "assumed", whole=True,
    ),
    Parameter(
        "pace", "Promised months for each milestone", "months",
        3, 1, 5, 1, 24,
        "how many months a milestone takes by the promise made, once mobilised",
        whole=True,
    ),
    Parameter(
        "efficiency_rate", "How fast own savings are found", "share of what is left, a month",
        0.03, 0.015, 0.045, 0, 0.2,
        "how fast an organisation draws on its own pool of savings, with diminishing returns",
    ),
    Parameter(
        "attention_cost", "Own savings lost to joint delivery", "share of efficiency work",
        0.3, 0, 0.6, 0, 1,
        "the share of its own efficiency work that an organisation loses when all its programmes are in delivery",
    ),
    Parameter(
        "contract_saving", "Saving in a contract managed together", "share of the amount",
        0.01, 0, 0.02, 0, 0.1,
        "the part of a contract's amount that the two save by managing it together",
    ),
    Parameter(
        "turnover", "How often leaders change", "probability a month",
        0.019, 0.008, 0.03, 0, 0.2,
        "how often an organisation's leader changes",
        "median chief executive tenure three years: King's Fund and NHS Providers 2018", "evidence",
    ),
    Parameter(
        "turnover_loss", "Trust lost when a leader changes", "share",
        0.4, 0.2, 0.6, 0, 1,
        "how far a leader's relationships return to their baseline when the leader changes",
        "direction from Broschak and Block 2014; size is judgement", "assumed",
    ),
    Parameter(
        "role_modelling", "How fast trusted partners are followed", "share of the way, a month",
        0.04, 0.01, 0.07, 0, 1,
        "how fast orientation moves toward the stances that trusted partners are seen to take",
        "followers give about 0.79 of what leaders give (Eichenseer 2023); rate is judgement", "assumed",
    ),
    Parameter(
        "neutral_band", "How small a gain or loss counts as neutral", "value per participant",
        0.1, 0, 0.2, 0, 1,
        "how small a gain or loss counts as neutral for the institution",
    ),
    Parameter(
        "goal_effect", "Effect of a shared goal", "share of benefit",
        0.6, 0.2, 1, 0, 3,
        "how much more the population's benefit weighs with a superordinate goal at full strength",
        "one's own group is helped more, d = 0.42 (Balliet, Wu and De Dreu 2014), mostly students; size is judgement",
        "evidence",
    ),
    Parameter(
        "coaching_effect", "Effect of coaching on outlook", "share of the way, a month",
        0.03, 0.01, 0.05, 0, 0.3,
        "how fast coaching raises orientation",
        "workplace coaching d = 0.36 to 0.74 (Jones et al. 2016; Theeboom 2014); size is judgement", "evidence",
    ),
    Parameter(
        "coaching_skill", "Effect of coaching on conversations", "share of exposure",
        0.2, 0, 0.4, 0, 1,
        "how much less a coached leader exposes in a conversation",
        "negotiation training g = 0.72 (Sondern 2020), mostly students; size is judgement", "evidence",
    ),
    Parameter(
        "menu_effect", "Effect of a menu of contributions", "share of exposure",
        0.33, 0.1, 0.56, 0, 1,
        "how much less is exposed when each is asked what it would contribute from a menu",
        "a choice among first offers raises joint outcomes (Leonardelli et al. 2019); size is judgement", "evidence",
    ),
    Parameter(
        "acknowledgement_effect", "Effect of the regulator's acknowledgement", "share of pressure",
        0.4, 0, 0.8, 0, 1,
        "how much accountability pressure eases when the regulator openly acknowledges the tension",
        "no direct evidence: exploratory", "assumed",
    ),
    Parameter(
        "stability_effect", "Turnover that a place can avoid", "share of turnover",
        0.6, 0.3, 0.9, 0, 1,
        "how much of leaders' turnover a place can avoid",
        "vacant posts differ fivefold by rating (King's Fund and NHS Providers 2018); size is judgement", "evidence",
    ),
    Parameter(
        "instruction_effect", "Pressure that an instruction adds", "share of pressure",
        1, 0, 2, 0, 5,
        "how much pressure an instruction adds to those who are instructed",
        "control lowers most people's effort (Falk and Kosfeld 2006); size is judgement", "evidence",
    ),
    Parameter(
        "instruction_months", "Months until an instruction agrees a plan", "months",
        2, 1, 3, 1, 24,
        "how long a programme is on the table under instruction before it can be declared agreed",
        "the eight weeks given to agree the plan", "evidence", whole=True,
    ),
    Parameter(
        "instruction_persistence", "Pressure of an order once it is obeyed", "share",
        0.5, 0, 1, 0, 1,
        "what is left of an order's pressure once its programme is agreed",
    ),
    Parameter(
        "lead_capacity", "Programmes that one organisation can lead", "programmes",
        8, 4, 12, 1, 50,
        "how many programmes an organisation can lead at once",
        whole=True,
    ),
)  # fmt: skip

_TRUST_RULES = (TrustRule.LINEAR, TrustRule.CONFIRMATORY)


def trust_rule_code(rule: TrustRule) -> float:
    """The number by which `Parameters` carries a trust rule: 0 linear, 1 confirmatory."""
    return float(_TRUST_RULES.index(rule))


def default_parameters() -> Parameters:
    """Every parameter at its default."""
    return Parameters(**{row.name: float(row.default) for row in TABLE})
