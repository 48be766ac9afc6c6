"""Phase 3, negotiate: what meetings yield, what is agreed and who leads. Source: docs/model.md#negotiate."""

from simulation.model._rule import rule
from simulation.model.rules.numeric import happens


@rule
def pairs_among(number: float) -> float:
    """How many pairs so many participants make.

    Args:
        number: 0 or more.
    """
    return number * (number - 1.0) / 2.0


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
def cost_shifted(population_first: bool, loss: float, institutional: float) -> float:
    """What institutional parties take from one participant this month, in £m.

    Args:
        population_first: Whether the participant asked the population's question; else nothing is taken.
        loss: What it loses in one such meeting, £m.
        institutional: How many participants asked the institutional question.
    """
    return loss * institutional if population_first else 0.0


@rule
def net_shift(mine: bool, theirs: bool, my_loss: float, their_loss: float) -> float:
    """What a participant gains from a meeting at another's cost, or below 0 loses to it, in £m.

    Only a meeting of one population-first and one institutional party shifts anything, from the first to the second.

    Args:
        mine: Whether this participant asked the population's question.
        theirs: Whether the other did.
        my_loss: What this one loses where it alone is population-first, £m.
        their_loss: What the other loses where it alone is, £m.
    """
    if theirs and not mine:
        return their_loss
    return -my_loss if mine and not theirs else 0.0


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
def share_per_participant(share: float, participants: float) -> float:
    """A share is compared with an even split: 1 is an even share, below 0 a loss.

    Args:
        share: A participant's share after gain share.
        participants: How many organisations are in the opportunity, 2 or more.

    Returns:
        The share in units of value per participant.
    """
    return participants * share


@rule
def stands_to_lose(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation loses when its share, per participant, is below the neutral band.

    Args:
        share: Its share after gain share.
        participants: How many organisations are in it.
        neutral_band: How small a loss counts as neutral, in units of value per participant.
    """
    return share_per_participant(share, participants) < -neutral_band


@rule
def stands_to_win(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation wins when its share, per participant, is above the neutral band.

    Args:
        share: Its share after gain share.
        participants: How many organisations are in it.
        neutral_band: How small a gain counts as neutral, in units of value per participant.
    """
    return share_per_participant(share, participants) > neutral_band


@rule
def refuses(population_first: bool, share: float, participants: float, neutral_band: float) -> bool:
    """A board that stands to lose is sovereign: while it asks its own question, there is no agreement.

    Args:
        population_first: Whether it asked the population's question this month.
        share: Its share after gain share.
        participants: How many organisations are in it.
        neutral_band: How small a loss counts as neutral, in units of value per participant.
    """
    return not population_first and stands_to_lose(share, participants, neutral_band)


@rule
def has_consent(co_ownership: float, quorum: float, refusals: float) -> bool:
    """A programme is agreed when it is co-owned enough and no board that stands to lose refuses.

    Args:
        co_ownership: With this month's meeting, 0–1.
        quorum: The co-ownership that it takes, 0–1.
        refusals: How many boards refuse.
    """
    return co_ownership >= quorum and refusals == 0.0


@rule
def is_instructed(instruction: float) -> bool:
    """A programme is under instruction in a month in which the lever acts on it at all.

    Args:
        instruction: Strength of the lever this month, 0–1.
    """
    return instruction > 0.0


@rule
def is_ordered(
    consent: bool, months_instructed: float, instruction_months: float, draw: float, instruction: float
) -> bool:
    """Without consent, a programme long enough under instruction may be declared agreed, whoever would lose.

    Args:
        consent: Whether it is agreed by consent this month.
        months_instructed: Months on the table under instruction, this one included.
        instruction_months: How many it takes.
        draw: A uniform draw, 0–1.
        instruction: Strength of the lever this month, 0–1; the chance of the order.
    """
    return not consent and months_instructed >= instruction_months and happens(draw, instruction)


@rule
def has_room(leading: float, lead_capacity: float) -> bool:
    """Whether an organisation can lead one more programme.

    Args:
        leading: How many it leads (or attempts this month) already.
        lead_capacity: How many it can.
    """
    return leading < lead_capacity


@rule
def may_lead(room: bool, any_room: bool) -> bool:
    """Participants with room to lead are candidates; where nobody has room, everyone is.

    Args:
        room: True if this participant has room to lead one more programme.
        any_room: True if any participant has.
    """
    return room or not any_room


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
