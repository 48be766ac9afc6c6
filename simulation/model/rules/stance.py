"""Phase 2, take a stance: ask my organisation's question or our population's. Source: docs/model.md#stance."""

from simulation.model._rule import rule
from simulation.model.rules.negotiation import share_per_participant
from simulation.model.rules.numeric import happens, logistic


@rule
def gaining_part(share: float) -> float:
    """A participant gains as much as its share is above 0.

    Args:
        share: A participant's share of the value.
    """
    return share if share > 0.0 else 0.0


@rule
def losing_part(share: float) -> float:
    """A participant loses as much as its share is below 0.

    Args:
        share: A participant's share of the value.
    """
    return -share if share < 0.0 else 0.0


@rule
def share_after_gain_share(share: float, gain_share: float, gains: float, losses: float) -> float:
    """Participants that gain compensate those that lose, as far as gains are shared; the total stays the same.

    Args:
        share: A participant's share of the value after payment; negative for a participant that loses.
        gain_share: Strength of the lever, 0–1.
        gains: Sum of the positive shares, above 0.
        losses: Sum of the negative shares without their sign, 0 or more.

    Returns:
        The participant's share after gain share.
    """
    if share > 0.0:
        return share * (1.0 - gain_share * losses / gains)
    return share * (1.0 - gain_share)


@rule
def exposure_after_levers(
    exposure: float, menu_effect: float, menu: float, coaching_skill: float, coaching: float
) -> float:
    """A population-first participant is exposed to institutional ones; a menu and a coached leader reduce exposure.

    Args:
        exposure: Exposure without levers, in units of value per participant.
        menu_effect: Share of exposure that a menu takes away at full strength, 0–1.
        menu: Strength of menu framing, 0–1.
        coaching_skill: Share of exposure that coaching takes away at full strength, 0–1.
        coaching: Strength of coaching, 0–1.

    Returns:
        The exposure, in units of value per participant.
    """
    return exposure * (1.0 - menu_effect * menu) * (1.0 - coaching_skill * coaching)


@rule
def goal_salience(goal_effect: float, goal: float) -> float:
    """The population's benefit weighs more under a superordinate goal.

    Args:
        goal_effect: Effect at full strength, 0 or more.
        goal: Strength of the lever, 0–1.

    Returns:
        The weight of the benefit, 1 without the lever.
    """
    return 1.0 + goal_effect * goal


@rule
def expected_reciprocity(mean_trust: float, least_trust: float, weakest_link: float) -> float:
    """A deal is held up by its weakest relationship as well as by the climate.

    Args:
        mean_trust: Mean trust in the other participants, 0–1.
        least_trust: Trust in the one that is trusted least, 0–1.
        weakest_link: Weight of that one, 0–1.

    Returns:
        The belief that the others will be population-first, 0–1.
    """
    return (1.0 - weakest_link) * mean_trust + weakest_link * least_trust


@rule
def counted_share(share: float, participants: float, shared: float) -> float:
    """Under shared accountability an organisation counts an even part of the place's gain as its own.

    Args:
        share: Its own share after payment and gain share.
        participants: How many organisations are in the opportunity, 2 or more.
        shared: Strength of shared accountability on it, 0–1.

    Returns:
        The share that weighs in its stance; its books and its consent keep to its own share.
    """
    return (1.0 - shared) * share + shared / participants


@rule
def exposure_at_stake(exposure: float, share: float, participants: float) -> float:
    """A participant with little at stake in a deal has little to concede in it.

    Args:
        exposure: The exposure after levers, in units of value per participant.
        share: Its own share after payment and gain share.
        participants: How many organisations are in the opportunity, 2 or more.

    Returns:
        The exposure, in full from an even share on, gained or lost.
    """
    stake = share_per_participant(share, participants)
    size = stake if stake >= 0.0 else -stake
    return exposure * (size if size < 1.0 else 1.0)


@rule
def stakes(orientation: float, participants: float, share: float, salience: float, benefit: float) -> float:
    """The stakes are what an organisation gains if the others are population-first too.

    Orientation weighs the organisation's own share against the benefit to the population.

    Args:
        orientation: Weight on the population, 0–1.
        participants: How many organisations are in the opportunity, 2 or more.
        share: The share that it counts as its own.
        salience: Goal salience, 1 or more.
        benefit: Benefit to the population; 1 is typical.

    Returns:
        The stakes, in units of value per participant.
    """
    return (1.0 - orientation) * share_per_participant(share, participants) + orientation * salience * benefit


@rule
def advantage(reciprocity: float, at_stake: float, orientation: float, exposure: float, pressure: float) -> float:
    """The population's question pays where trust times stakes exceeds the weighted exposure and the pressure.

    Args:
        reciprocity: Its expected reciprocity, 0–1.
        at_stake: The stakes, in units of value per participant.
        orientation: Weight on the population, 0–1.
        exposure: The exposure after levers, as far as something is at stake, in units of value per participant.
        pressure: Accountability pressure, in units of value per participant.

    Returns:
        The advantage of the population's question over its own, in units of value per participant.
    """
    return reciprocity * at_stake - (1.0 - orientation) * exposure - pressure


@rule
def population_first_chance(decision_sharpness: float, gain: float) -> float:
    """The chance of asking the population's question rises with its advantage (logit choice).

    Args:
        decision_sharpness: 0 or more; 0 is a coin toss, and large values always take the better question.
        gain: The advantage, in units of value per participant.
    """
    return logistic(decision_sharpness * gain)


@rule
def trust_threshold(at_stake: float, orientation: float, exposure: float, pressure: float) -> float:
    """Above a threshold of trust, an organisation that has something to gain leans population-first.

    Args:
        at_stake: The stakes, in units of value per participant, above 0.
        orientation: Weight on the population, 0–1.
        exposure: The exposure after levers, as far as something is at stake, in units of value per participant.
        pressure: Accountability pressure, in units of value per participant.

    Returns:
        The threshold; where it is above 1, the organisation never leans population-first.
    """
    return ((1.0 - orientation) * exposure + pressure) / at_stake


@rule
def stance_taken(fixed: int, draw: float, chance: float) -> int:
    """A stance is fixed by an event, else population-first by its chance.

    Args:
        fixed: The number of a `Stance`, or −1 where none is fixed.
        draw: A uniform draw, 0–1.
        chance: The chance of asking the population's question, 0–1.

    Returns:
        The number of the `Stance`: 0 institutional, 1 population-first.
    """
    if fixed >= 0:
        return fixed
    return 1 if happens(draw, chance) else 0
