"""The claims of the interview: each is a mechanism of the model, with the switch that takes it away.

The sentences are those of NHS Improvement's interview with Professor Sir David Fish, shortened. `trustsim claims` shows
what a place does without a mechanism; docs/claims.md has it for all of them.
"""

from dataclasses import dataclass
from enum import StrEnum

from simulation.experiment import switches
from simulation.experiment.switches import ChangeAssumptions, ChangePlace, assume, in_full, in_place_of, without
from simulation.levers import Lever
from simulation.vocabulary import Payment


class Outcome(StrEnum):
    """One outcome of a replicate that a claim can be about."""

    GAP = "gap"
    POSITION = "position"
    TRUST = "trust"
    DELIVERED = "delivered"
    EIGHT_WEEKS = "eight_weeks"


MORE, LESS = 1, -1


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence of the interview, the mechanism that the model makes of it, and its switch."""

    name: str
    sentence: str
    """As it was said, shortened."""
    mechanism: str
    """The mechanism, in a few words."""
    switch: str
    """The change that takes it away, in a few words."""
    outcome: Outcome
    """The outcome that the claim is judged by."""
    without: int
    """The direction in which that outcome goes without the mechanism if the claim is right: 1 more, −1 less."""
    place: ChangePlace = switches.same_place
    """Changes a scenario."""
    assumptions: ChangeAssumptions = switches.same_assumptions
    """Changes the parameters."""


_EIGHT_WEEKS = "an agreed plan in eight weeks that would close the projected gap of £216 million"
_ON_A_PAGE = "a plan on a page can be produced in a day but it wouldn’t be enacted without co-ownership and trust"
_COACHING = "provide coaching to support partnership skills, rather than top down instruction"
_BOTH = "you can do both: what’s happening on ward 32, and how we’ll organise end of life care"
_REGULATORS = "it is helpful if regulators openly acknowledge this challenge"
_ACCOUNTABLE = "I can only deliver what I’m individually accountable for"
_DELIVERY = "delivery can then build further trust"
_NEUTRAL_OR_WIN = "better for the local population, and either neutral or a win for your institution"
_BUDGET = "what does this mean for my budget?"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        name="eight-weeks",
        sentence=_EIGHT_WEEKS,
        mechanism="an order declares a programme agreed after two months on the table",
        switch="instruction_months 24",
        outcome=Outcome.EIGHT_WEEKS,
        without=LESS,
        assumptions=assume(instruction_months=24),
    ),
    Claim(
        name="shared-goal",
        sentence="the thing we had to do most was to focus on this superordinate goal",
        mechanism="a shared goal makes the population’s benefit weigh more in the stance",
        switch="lever superordinate_goal off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.SUPERORDINATE_GOAL),
    ),
    Claim(
        name="coaching",
        sentence=_COACHING,
        mechanism="coached leaders weigh the population more, and expose less in a conversation",
        switch="lever coaching off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.COACHING),
    ),
    Claim(
        name="not-instruction",
        sentence=_COACHING,
        mechanism="an order agrees programmes without owners, and presses each organisation harder",
        switch="lever top_down_instruction at full strength in place of coaching",
        outcome=Outcome.GAP,
        without=MORE,
        place=in_place_of(Lever.COACHING, Lever.TOP_DOWN_INSTRUCTION),
    ),
    Claim(
        name="plan-on-a-page",
        sentence=_ON_A_PAGE,
        mechanism="a month’s chance of a milestone needs trust and co-ownership, and so does its worth",
        switch="delivery_floor 1, unowned_realisation as owned_realisation",
        outcome=Outcome.DELIVERED,
        without=MORE,
        assumptions=switches.skill_alone,
    ),
    Claim(
        name="owners",
        sentence=_ON_A_PAGE,
        mechanism="a milestone that nobody owns is worth less when it is met",
        switch="unowned_realisation as owned_realisation",
        outcome=Outcome.GAP,
        without=LESS,
        assumptions=switches.equal_worth,
    ),
    Claim(
        name="questions-evolve",
        sentence="these questions evolved into ‘how can we support the wider population objectives?’",
        mechanism="each organisation asks its own question or the population’s, as trust and pressure allow",
        switch="event fixed_stance: every organisation institutional throughout",
        outcome=Outcome.GAP,
        without=MORE,
        place=switches.everyone_institutional,
    ),
    Claim(
        name="role-models",
        sentence="local leaders role modelled effective partnership working",
        mechanism="orientation moves toward the stances that trusted partners are seen to take",
        switch="role_modelling 0",
        outcome=Outcome.GAP,
        without=MORE,
        assumptions=assume(role_modelling=0.0),
    ),
    Claim(
        name="menu",
        sentence="this is what I can contribute, what would you most like me to contribute from this menu",
        mechanism="with a menu, less is exposed by opening population-first",
        switch="lever menu_framing off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.MENU_FRAMING),
    ),
    Claim(
        name="ward-32",
        sentence=_BOTH,
        mechanism="each organisation runs its own efficiency programme beside joint programmes",
        switch="efficiency_rate 0",
        outcome=Outcome.GAP,
        without=MORE,
        assumptions=assume(efficiency_rate=0.0),
    ),
    Claim(
        name="attention",
        sentence=_BOTH,
        mechanism="delivering jointly takes some of its leaders’ attention",
        switch="attention_cost 0",
        outcome=Outcome.GAP,
        without=LESS,
        assumptions=assume(attention_cost=0.0),
    ),
    Claim(
        name="acknowledgement",
        sentence=_REGULATORS,
        mechanism="acknowledgement lowers accountability pressure",
        switch="lever regulator_acknowledgement off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.REGULATOR_ACKNOWLEDGEMENT),
    ),
    Claim(
        name="grip",
        sentence=_REGULATORS,
        mechanism="regulators grip harder when the plan slips",
        switch="grip_response 0",
        outcome=Outcome.GAP,
        without=LESS,
        assumptions=assume(grip_response=0.0),
    ),
    Claim(
        name="savings-already-made",
        sentence="many of the traditional intra-institutional savings have already been driven",
        mechanism="own savings draw on a pool that runs down",
        switch="efficiency_pool times 16, efficiency_rate divided by 16",
        outcome=Outcome.GAP,
        without=LESS,
        place=switches.larger_pools,
        assumptions=switches.slower_savings,
    ),
    Claim(
        name="leading-and-following",
        sentence="sometimes leading and sometimes following according to skills and resources",
        mechanism="the most skilled organisation that the others trust leads, not the largest",
        switch="lever lead_by_skill off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.LEAD_BY_SKILL),
    ),
    Claim(
        name="individually-accountable",
        sentence=_ACCOUNTABLE,
        mechanism="each organisation is pressed by its own shortfall and counts its own share",
        switch="lever shared_accountability at full strength, at no cost",
        outcome=Outcome.GAP,
        without=LESS,
        place=in_full(Lever.SHARED_ACCOUNTABILITY),
    ),
    Claim(
        name="shared-accountability",
        sentence=_ACCOUNTABLE,
        mechanism="shared accountability counts the place’s shortfall and an even share of each gain",
        switch="lever shared_accountability off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.SHARED_ACCOUNTABILITY),
    ),
    Claim(
        name="delivery-builds-trust",
        sentence=_DELIVERY,
        mechanism="each milestone met moves trust among its participants",
        switch="trust_gain divided by 2³⁰, meeting, stalemate and behind times 2³⁰, celebrated 0",
        outcome=Outcome.TRUST,
        without=LESS,
        assumptions=switches.no_trust_from_milestones,
    ),
    Claim(
        name="trust-grows",
        sentence=_DELIVERY,
        mechanism="constructive meetings and milestones add to trust",
        switch="trust_gain divided by 2³⁰, loss_ratio times 2³⁰",
        outcome=Outcome.GAP,
        without=MORE,
        assumptions=switches.no_gains_of_trust,
    ),
    Claim(
        name="promises-that-slip",
        sentence=_DELIVERY,
        mechanism="a programme behind its promised pace costs trust in its lead",
        switch="behind 0",
        outcome=Outcome.TRUST,
        without=MORE,
        assumptions=assume(behind=0.0),
    ),
    Claim(
        name="neutral-or-win",
        sentence=_NEUTRAL_OR_WIN,
        mechanism="a milestone that is neutral for the institution still adds to trust",
        switch="neutral 0",
        outcome=Outcome.TRUST,
        without=LESS,
        assumptions=assume(neutral=0.0),
    ),
    Claim(
        name="sovereign-boards",
        sentence=_NEUTRAL_OR_WIN,
        mechanism="a board that stands to lose can refuse",
        switch="neutral_band 2³⁰",
        outcome=Outcome.GAP,
        without=LESS,
        assumptions=assume(neutral_band=1 / switches.NEGLIGIBLE),
    ),
    Claim(
        name="gain-share",
        sentence=_NEUTRAL_OR_WIN,
        mechanism="those who gain make whole those who lose",
        switch="lever gain_share off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.GAIN_SHARE),
    ),
    Claim(
        name="my-budget",
        sentence=_BUDGET,
        mechanism="under a tariff the provider whose activity falls loses its income",
        switch="payment block in every contract",
        outcome=Outcome.GAP,
        without=LESS,
        place=switches.all_paid(Payment.BLOCK),
    ),
    Claim(
        name="payment-reform",
        sentence=_BUDGET,
        mechanism="payment reform shares the risk that activity differs from plan",
        switch="lever payment_reform off",
        outcome=Outcome.GAP,
        without=MORE,
        place=without(Lever.PAYMENT_REFORM),
    ),
    Claim(
        name="win-lose",
        sentence="if you see win/lose all the time, then you’re not adding any net value",
        mechanism="an institutional party takes from a population-first one, a transfer that sums to zero",
        switch="exposure 0, which also takes the fear of it out of the stance",
        outcome=Outcome.GAP,
        without=LESS,
        assumptions=assume(exposure=0.0),
    ),
    Claim(
        name="celebrate",
        sentence="allowing collaborative skills to surface and celebrate it in a safe space",
        mechanism="a celebrated milestone is seen beyond its participants",
        switch="lever celebration off",
        outcome=Outcome.TRUST,
        without=LESS,
        place=without(Lever.CELEBRATION),
    ),
    Claim(
        name="wellbeing",
        sentence="a sustainable system that improves the wellbeing of the population within a confined envelope",
        mechanism="the population’s benefit counts in each stance",
        switch="benefit 0 in every programme",
        outcome=Outcome.GAP,
        without=MORE,
        place=switches.without_benefit,
    ),
    Claim(
        name="programmes",
        sentence="the acute group model for the three trusts, and innovative approaches to out of hospital care",
        mechanism="joint programmes, agreed and then delivered in milestones",
        switch="no programme, contracts alone",
        outcome=Outcome.GAP,
        without=MORE,
        place=switches.without_programmes,
    ),
)


def find_claims(words: str) -> list[Claim]:
    """Return the claim of this name, else those whose name or sentence contains the words, in the table's order.

    None contains words without a letter or a digit, such as a dash.
    """
    wanted = _plain(words)
    if not any(map(str.isalnum, wanted)):
        return []
    named = [claim for claim in CLAIMS if claim.name == wanted]
    return named or [claim for claim in CLAIMS if wanted in _plain(f"{claim.name} {claim.sentence}")]


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").split())
