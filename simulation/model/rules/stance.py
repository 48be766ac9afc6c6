"""Phase 2, take a stance: my organisation's question or our population's. Source: docs/model.md#stance."""

from simulation.model._rule import rule
from simulation.model.rules.negotiation import share_per_participant
from simulation.model.rules.numeric import happens, logistic


@rule
def gaining_part(share: float) -> float:
    """What a participant gains counts where its share is positive.

    Args:
        share: A participant's share of the value.
    """
    return share if share > 0.0 else 0.0


@rule
def losing_part(share: float) -> float:
    """What a participant loses counts, without its sign, where its share is negative.

    Args:
        share: A participant's share of the value.
    """
    return -share if share < 0.0 else 0.0


@rule
def share_after_gain_share(share: float, gain_share: float, gains: float, losses: float) -> float:
    """Those who gain make whole those who lose, as far as the gain is shared; nothing is created.

    Args:
        share: A participant's share of the value; negative for one who loses.
        gain_share: Strength of the lever, 0–1.
        gains: Sum of the positive shares.
        losses: Sum of the negative shares without their sign.
    """
    if share > 0.0:
        return share * (1.0 - gain_share * losses / gains)
    return share * (1.0 - gain_share)


@rule
def exposure_after_levers(
    exposure: float, menu_effect: float, menu: float, coaching_skill: float, coaching: float
) -> float:
    """What opening population-first stands to concede; a menu and a coached leader expose less.

    Args:
        exposure: Without levers, in units of value per participant.
        menu_effect: Share of exposure that a menu takes away, 0–1.
        menu: Strength of menu framing, 0–1.
        coaching_skill: Share of exposure that coaching takes away, 0–1.
        coaching: Strength of coaching, 0–1.
    """
    return exposure * (1.0 - menu_effect * menu) * (1.0 - coaching_skill * coaching)


@rule
def goal_salience(goal_effect: float, goal: float) -> float:
    """How much more the population's benefit weighs under a superordinate goal; 1 without.

    Args:
        goal_effect: Effect at full strength.
        goal: Strength of the lever, 0–1.
    """
    return 1.0 + goal_effect * goal


@rule
def stakes(orientation: float, participants: float, share: float, salience: float, benefit: float) -> float:
    """What is won if the others answer in kind, in units of value per participant.

    The institution's part is its own share, the population's part the benefit; orientation weighs the two.

    Args:
        orientation: Weight on the population, 0–1.
        participants: How many organisations are in it.
        share: This participant's share after gain share.
        salience: Goal salience, 1 or more.
        benefit: Benefit to the population; 1 is typical.
    """
    return (1.0 - orientation) * share_per_participant(share, participants) + orientation * salience * benefit


@rule
def advantage(reciprocity: float, at_stake: float, orientation: float, exposure: float, pressure: float) -> float:
    """How much better asking the population's question serves this organisation than asking its own.

    Args:
        reciprocity: Its mean trust in the other participants, 0–1.
        at_stake: What is won if they answer in kind.
        orientation: Weight on the population, 0–1.
        exposure: What opening population-first stands to concede.
        pressure: Accountability pressure.
    """
    return reciprocity * at_stake - (1.0 - orientation) * exposure - pressure


@rule
def population_first_chance(decision_sharpness: float, gain: float) -> float:
    """The chance of asking the population's question rises with its advantage (logit choice).

    Args:
        decision_sharpness: 0 is a coin toss, large is best response.
        gain: The advantage.
    """
    return logistic(decision_sharpness * gain)


@rule
def trust_threshold(at_stake: float, orientation: float, exposure: float, pressure: float) -> float:
    """The trust above which an organisation leans population-first, where it has something to win.

    Args:
        at_stake: What is won if the others answer in kind, above 0.
        orientation: Weight on the population, 0–1.
        exposure: What opening population-first stands to concede.
        pressure: Accountability pressure.

    Returns:
        The threshold q*; above 1 it never leans population-first.
    """
    return ((1.0 - orientation) * exposure + pressure) / at_stake


@rule
def stance_taken(fixed: int, draw: float, chance: float) -> int:
    """The stance that an event fixes, else population-first by its chance.

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
