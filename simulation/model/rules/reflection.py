"""Phase 5, reflect: trust and orientation move with the month's events. Source: docs/model.md#reflect."""

from simulation.model._rule import rule
from simulation.model.rules.numeric import clip


@rule
def meeting_gain(mine: bool, theirs: bool, meeting: float) -> float:
    """A meeting adds to trust where both asked the population's question.

    Args:
        mine: True if the trusting organisation asked it.
        theirs: True if the trusted organisation did.
        meeting: Weight of a constructive meeting, 0–1.

    Returns:
        The weight of the meeting as a good event, 0–1.
    """
    return meeting if mine and theirs else 0.0


@rule
def meeting_loss(mine: bool, theirs: bool, meeting: float, stalemate: float) -> float:
    """A meeting takes trust away: in full where only the trusting one was population-first, a little where neither was.

    Args:
        mine: True if the trusting organisation asked the population's question.
        theirs: True if the trusted organisation did.
        meeting: Weight of a one-sided meeting, 0–1.
        stalemate: Weight of a meeting in which both ask the institutional question, 0–1.

    Returns:
        The weight of the meeting as a bad event, 0–1.
    """
    if theirs:
        return 0.0
    return meeting if mine else stalemate


@rule
def milestone_weight(per_participant: float, neutral: float) -> float:
    """A met milestone counts for a participant by what it gains; one that is neutral for it still counts a little.

    Args:
        per_participant: Its share in units of value per participant; 1 is an even share.
        neutral: Weight of a milestone of which it has no share, 0–1.

    Returns:
        The weight, from −1 (a full loss) to 1 (a full win), without a step.
    """
    if per_participant >= 0.0:
        return neutral + (1.0 - neutral) * (per_participant if per_participant < 1.0 else 1.0)
    weight = neutral + (1.0 + neutral) * per_participant
    return weight if weight > -1.0 else -1.0


@rule
def milestone_gain(weight: float) -> float:
    """A met milestone adds to a participant's trust in every other, unless the participant loses by it.

    Args:
        weight: The milestone's weight for the trusting organisation, −1 to 1.

    Returns:
        The weight of the milestone as a good event, 0–1.
    """
    return weight if weight > 0.0 else 0.0


@rule
def milestone_loss(weight: float, share_of_other: float) -> float:
    """A met milestone takes away a losing participant's trust in each one that gains.

    Args:
        weight: The milestone's weight for the trusting organisation, −1 to 1.
        share_of_other: Share of the trusted organisation.

    Returns:
        The weight of the milestone as a bad event, 0–1.
    """
    return -weight if weight < 0.0 and share_of_other > 0.0 else 0.0


@rule
def promise_loss(is_behind: bool, is_lead: bool, behind: float) -> float:
    """A programme that is behind its promised pace takes away the other participants' trust in its lead.

    Args:
        is_behind: True if the programme is behind this month.
        is_lead: True if the trusted organisation leads it.
        behind: Weight of a month behind, 0–1.

    Returns:
        The weight as a bad event, 0–1.
    """
    return behind if is_behind and is_lead else 0.0


@rule
def what_is_left(rate: float, weight: float) -> float:
    """An event leaves a part of trust, or of distrust, unchanged.

    Args:
        rate: Trust gained (or lost) by an event of weight 1, 0 or more.
        weight: The event's weight, 0–1.

    Returns:
        The part that is left, 0–1; nothing if rate times weight passes 1.
    """
    moved = rate * weight
    return 1.0 - moved if moved < 1.0 else 0.0


@rule
def trust_loss(trust_gain: float, loss_ratio: float) -> float:
    """A bad event moves trust down at a multiple of the rate at which a good one of the same weight moves it up.

    Args:
        trust_gain: Trust gained by an event of weight 1, 0–1.
        loss_ratio: Weight of losses relative to gains, 0 or more.

    Returns:
        Trust lost by an event of weight 1.
    """
    return trust_gain * loss_ratio


@rule
def celebration_weight(celebrated: float, celebration: float) -> float:
    """A milestone counts for organisations outside the programme in proportion to its celebration.

    Args:
        celebrated: Weight of a milestone celebrated at full strength, 0–1.
        celebration: Strength of the lever this month, 0–1.
    """
    return celebrated * celebration


@rule
def combined_effect(left: float) -> float:
    """The events of a month together move trust by the part that they did not leave unchanged.

    Args:
        left: The product of what each event left, 0–1.
    """
    return 1.0 - left


@rule
def is_confirmatory(trust_rule: float) -> bool:
    """The parameter `trust_rule` chooses how trust moves: 0 is linear, 1 confirmatory.

    Args:
        trust_rule: 0 or 1.
    """
    return trust_rule >= 0.5


@rule
def weight_of_stance(trust: float, stance: float) -> float:
    """A population-first stance is followed in proportion to trust in the organisation that takes it.

    Args:
        trust: Trust in that organisation, 0–1.
        stance: 1 (or true) if it asked the population's question, 0 (or false) if not.
    """
    return trust * stance


@rule
def trust_after_events(trust: float, gain: float, loss: float, confirmatory: bool) -> float:
    """Trust rises by the month's gain, then falls by its loss.

    Args:
        trust: Before, 0–1.
        gain: The combined effect of the good events, 0–1.
        loss: The combined effect of the bad events, 0–1.
        confirmatory: True if trust moves most where it is undecided, near one half.
    """
    if confirmatory:
        risen = trust + 2.0 * gain * trust * (1.0 - trust)
        risen = risen if risen < 1.0 else 1.0
        fallen = risen - 2.0 * loss * risen * (1.0 - risen)
        return fallen if fallen > 0.0 else 0.0
    risen = trust + gain * (1.0 - trust)
    return risen - loss * risen


@rule
def orientation_after_month(
    orientation: float,
    coaching_effect: float,
    coaching: float,
    role_modelling: float,
    seen_population_first: float,
    seen: float,
) -> float:
    """Orientation rises with coaching and moves toward the stances that trusted partners take.

    Args:
        orientation: Before, 0–1.
        coaching_effect: Share of the way to 1 that coaching at full strength moves it in a month, 0–1.
        coaching: Strength of the lever, 0–1.
        role_modelling: Share of the way to the partners' stances that it moves in a month, 0–1.
        seen_population_first: Number of others' population-first stances, each weighted by trust, 0 or more.
        seen: Number of others' stances, each weighted by trust; at 0 there is nobody to follow.
    """
    moved = orientation + coaching_effect * coaching * (1.0 - orientation)
    if seen > 0.0:
        moved = moved + role_modelling * (seen_population_first / seen - orientation)
    return clip(moved, 0.0, 1.0)
