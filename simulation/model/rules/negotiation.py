"""Phase 3, negotiate: what meetings yield, what is agreed and who leads. Source: docs/model.md#negotiate."""

from simulation.model._rule import rule


@rule
def contract_yield(value: float, constructive_pairs: float, pairs: float) -> float:
    """A contract saves as much this month as its meetings were constructive, in £m.

    Args:
        value: Value on paper in £m a year.
        constructive_pairs: Pairs of participants who both asked the population's question.
        pairs: All pairs, 1 or more.
    """
    return value / 12.0 * (constructive_pairs / pairs)


@rule
def cost_shift(exposure: float, value: float, participants: float) -> float:
    """What an institutional party takes this month from a population-first one in one meeting, in £m.

    Args:
        exposure: The population-first party's exposure, in units of value per participant.
        value: Value of the contract in £m a year.
        participants: How many organisations are in it, 2 or more.
    """
    return exposure * (value / participants) / ((participants - 1.0) * 12.0)


@rule
def co_ownership_after_meeting(co_ownership: float, memory: float, population_first: float) -> float:
    """Co-ownership follows the share of participants who ask the population's question.

    Args:
        co_ownership: Before, 0–1.
        memory: How fast it follows, share a month, 0–1.
        population_first: Share of participants who asked the population's question, 0–1.
    """
    return co_ownership + memory * (population_first - co_ownership)


@rule
def stands_to_lose(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation loses when its share, per participant, is below the neutral band.

    Args:
        share: Its share after gain share.
        participants: How many organisations are in it.
        neutral_band: How small a loss counts as neutral, in units of value per participant.
    """
    return participants * share < -neutral_band


@rule
def stands_to_win(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation wins when its share, per participant, is above the neutral band.

    Args:
        share: Its share after gain share.
        participants: How many organisations are in it.
        neutral_band: How small a gain counts as neutral, in units of value per participant.
    """
    return participants * share > neutral_band


@rule
def outcome_class(losers: int, winners: int, participants: int) -> int:
    """Win/lose if anyone loses, else win/neutral if anyone is neutral, else win/win.

    Args:
        losers: How many participants stand to lose.
        winners: How many stand to win.
        participants: How many organisations are in it.

    Returns:
        The number of the `OutcomeClass`: 0 win/win, 1 win/neutral, 2 win/lose.
    """
    if losers > 0:
        return 2
    return 0 if winners == participants else 1


@rule
def lead_score(by_skill: float, income: float, largest_income: float, skill: float, trust_of_others: float) -> float:
    """Who leads: the largest organisation, or, as leading goes by skill, the most skilled whom the others trust.

    Args:
        by_skill: Strength of the lever lead_by_skill, 0–1.
        income: Its income in £m a year.
        largest_income: The largest income among the participants.
        skill: Its skill in the programme's domain, 0–1.
        trust_of_others: The other participants' mean trust in it, 0–1.
    """
    return (1.0 - by_skill) * (income / largest_income) + by_skill * (skill * trust_of_others)


@rule
def outscores(score: float, best: float) -> bool:
    """Whether a score is higher by more than rounding, so that equals stay equals and the lower id leads.

    Args:
        score: A candidate's, of the order of 1.
        best: The highest so far.
    """
    return score > best + 1e-12


@rule
def realisation(draw: float, mean: float, spread: float) -> float:
    """What of the value on paper will be there: uniform around its mean, not clipped.

    Args:
        draw: A uniform draw, 0–1.
        mean: The middle.
        spread: How far to either side.
    """
    return mean + spread * (2.0 * draw - 1.0)
