"""Phase 3, negotiate: savings of contracts, cost shifts, agreement and lead. Source: docs/model.md#negotiate."""

from simulation.model._rule import rule
from simulation.model.rules.numeric import happens


@rule
def contract_value(amount: float, contract_saving: float) -> float:
    """Managed together, a contract saves a part of its amount.

    Args:
        amount: What the commissioner pays the provider, £m a year.
        contract_saving: The part that can be saved, 0–1.

    Returns:
        The value of the contract, £m a year.
    """
    return contract_saving * amount


@rule
def contract_yield(value: float, constructive: bool) -> float:
    """A contract saves in the months in which its two sides both ask the population's question.

    Args:
        value: Its value, £m a year.
        constructive: True if both asked it this month.

    Returns:
        The saving this month, £m.
    """
    return value / 12.0 if constructive else 0.0


@rule
def cost_shift(exposure: float, value: float) -> float:
    """The institutional side of a contract shifts costs to a population-first one.

    Args:
        exposure: The population-first side's exposure, as far as something is at stake, in units of value per
            participant.
        value: Value of the contract, £m a year.

    Returns:
        The cost shifted in a month, £m.
    """
    return exposure * value / 24.0


@rule
def net_shift(mine: bool, theirs: bool, my_loss: float, their_loss: float) -> float:
    """A meeting shifts costs from an institutional participant to a population-first one, and not otherwise.

    Args:
        mine: True if this participant asked the population's question.
        theirs: True if the other participant did.
        my_loss: The cost shifted to this participant where it alone is population-first, £m.
        their_loss: The cost shifted to the other where the other alone is, £m.

    Returns:
        What this participant gains by the shift, £m; below 0 it loses.
    """
    if theirs and not mine:
        return their_loss
    return -my_loss if mine and not theirs else 0.0


@rule
def co_ownership_after_meeting(co_ownership: float, memory: float, population_first: float) -> float:
    """Co-ownership follows the share of participants who ask the population's question.

    Args:
        co_ownership: Before, 0–1.
        memory: Share of the way that it moves in a month, 0–1.
        population_first: Share of participants that asked the population's question, 0–1.
    """
    return co_ownership + memory * (population_first - co_ownership)


@rule
def share_per_participant(share: float, participants: float) -> float:
    """A share is compared with an even split: 1 is an even share, below 0 a loss.

    Args:
        share: A participant's share after payment and gain share.
        participants: How many organisations are in the opportunity, 2 or more.

    Returns:
        The share in units of value per participant.
    """
    return participants * share


@rule
def stands_to_lose(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation loses when its share, per participant, is below the neutral band.

    Args:
        share: Its share of the value after payment and gain share.
        participants: How many organisations are in it, 2 or more.
        neutral_band: The largest loss that counts as neutral, in units of value per participant.
    """
    return share_per_participant(share, participants) < -neutral_band


@rule
def stands_to_win(share: float, participants: float, neutral_band: float) -> bool:
    """An organisation wins when its share, per participant, is above the neutral band.

    Args:
        share: Its share of the value after payment and gain share.
        participants: How many organisations are in it, 2 or more.
        neutral_band: The largest gain that counts as neutral, in units of value per participant.
    """
    return share_per_participant(share, participants) > neutral_band


@rule
def refuses(population_first: bool, share: float, participants: float, neutral_band: float) -> bool:
    """A board that stands to lose refuses while it asks the institutional question.

    Args:
        population_first: True if it asked the population's question this month.
        share: Its share of the value after payment and gain share.
        participants: How many organisations are in it, 2 or more.
        neutral_band: The largest loss that counts as neutral, in units of value per participant.
    """
    return not population_first and stands_to_lose(share, participants, neutral_band)


@rule
def has_consent(co_ownership: float, quorum: float, refusals: float) -> bool:
    """A programme is agreed when it is co-owned enough and no board that stands to lose refuses.

    Args:
        co_ownership: Co-ownership after this month's meeting, 0–1.
        quorum: The co-ownership that agreement needs, 0–1.
        refusals: How many boards refuse, 0 or more.
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
    """Without consent, a programme may be ordered once it has been under instruction long enough.

    Args:
        consent: True if it is agreed by consent this month.
        months_instructed: Months on the table under instruction, this one included.
        instruction_months: How many months an order takes, 1 or more.
        draw: A uniform draw, 0–1.
        instruction: Strength of the lever this month, 0–1; the chance of the order.
    """
    return not consent and months_instructed >= instruction_months and happens(draw, instruction)


@rule
def has_room(leading: float, lead_capacity: float) -> bool:
    """An organisation can lead one more programme while it leads fewer than its capacity.

    Args:
        leading: How many it leads already, or has attempted this month, 0 or more.
        lead_capacity: How many it can lead at once, 1 or more.
    """
    return leading < lead_capacity


@rule
def may_lead(room: bool, any_room: bool) -> bool:
    """Participants that can lead one more programme are candidates; if none can, all are.

    Args:
        room: True if this participant can lead one more programme.
        any_room: True if any participant can.
    """
    return room or not any_room


@rule
def outcome_class(losers: int, winners: int, participants: int) -> int:
    """An agreement is win/lose if any participant loses, else win/neutral if any is neutral, else win/win.

    Args:
        losers: How many participants stand to lose, 0 or more.
        winners: How many participants stand to win, 0 or more.
        participants: How many organisations are in it, 2 or more.

    Returns:
        The number of the `OutcomeClass`: 0 win/win, 1 win/neutral, 2 win/lose.
    """
    if losers > 0:
        return 2
    return 0 if winners == participants else 1


@rule
def lead_score(
    by_skill: float, net_income: float, largest_net_income: float, skill: float, trust_of_others: float
) -> float:
    """The largest organisation leads or, where leading goes by skill, the most skilled that the others trust.

    Args:
        by_skill: Strength of the lever lead_by_skill, 0–1.
        net_income: The candidate's net income, £m a year.
        largest_net_income: The largest net income among the participants, £m a year.
        skill: The candidate's skill in the programme's domain, 0–1.
        trust_of_others: The other participants' mean trust in the candidate, 0–1.

    Returns:
        The score, 0–1.
    """
    return (1.0 - by_skill) * (net_income / largest_net_income) + by_skill * (skill * trust_of_others)


@rule
def outscores(score: float, best: float) -> bool:
    """A candidate must outscore another by more than rounding, so the lower id leads if two are equal.

    Args:
        score: The candidate's score, 0–1.
        best: The highest score so far.
    """
    return score > best + 1e-12


@rule
def realisation(draw: float, spread: float) -> float:
    """A programme realises more or less than the middle by chance, drawn evenly around 1 and not clipped.

    Args:
        draw: A uniform draw, 0–1.
        spread: The greatest distance from 1, to either side.

    Returns:
        The factor by which each of its milestones is worth more or less.
    """
    return 1.0 + spread * (2.0 * draw - 1.0)
