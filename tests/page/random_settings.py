"""Settings made at random for a place: anything that people can set appears in some of them."""

from random import Random
from typing import Any


def random_settings(place: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return settings as the page holds them.

    Args:
        place: The data of the place.
        seed: Random seed.
    """
    chance = Random(seed)
    ids = [each["id"] for each in place["organisations"]]
    moved = chance.sample(place["levers"], chance.randint(0, 6))
    assumed = chance.sample(place["parameters"], chance.randint(0, 5))
    kept = [index for index, _ in enumerate(place["events"]) if chance.random() < 0.7]
    removed = [index for index, _ in enumerate(place["events"]) if index not in kept] if chance.random() < 0.5 else []
    return {
        "levers": {lever["name"]: _setting(chance, lever, len(place["months"])) for lever in moved},
        "parameters": {row["name"]: _value(chance, row) for row in assumed},
        "never_moves": chance.sample(ids, chance.choice([0, 0, 1, min(2, len(ids))])),
        "events": [_event(chance, ids, len(place["months"])) for _ in range(chance.choice([0, 0, 1, 3]))],
        "removed_events": removed,
    }


def _setting(chance: Random, lever: dict[str, Any], months: int) -> dict[str, Any]:
    setting: dict[str, Any] = {
        "strength": chance.choice([0.0, 1.0, round(chance.random(), 2), chance.random()]),
        "from": chance.choice([None, 0, chance.randrange(months)]),
    }
    if chance.random() < 0.5:
        setting["ramp"] = chance.randint(1, 12)
    if chance.random() < 0.5:
        setting["cost"] = chance.choice([0.0, round(chance.uniform(0, 3), 1), chance.uniform(0, 1e-6)])
    if chance.random() < 0.3:
        setting["until"] = chance.choice([None, chance.randint(1, months + 3)])
    if lever["ids"] and chance.random() < 0.3:
        setting["only"] = chance.choice([None, chance.sample(lever["ids"], chance.randint(1, len(lever["ids"])))])
    return setting


def _value(chance: Random, row: dict[str, Any]) -> float:
    number = chance.choice([row["least"], row["most"], row["default"], chance.uniform(row["least"], row["most"])])
    return float(round(number)) if row["whole"] else number


def _event(chance: Random, ids: list[str], months: int) -> dict[str, Any]:
    month, organisation = chance.randrange(months), chance.choice(ids)
    window = {"from": chance.choice([None, month]), "until": chance.choice([None, month + chance.randint(1, 9)])}
    return chance.choice(
        [
            {"event": "breach", "month": month, "organisation": organisation, "size": chance.random()},
            {"event": "leader_change", "month": month, "organisation": organisation},
            {"event": "cost_shock", "month": month, "size": chance.uniform(0, 9)},
            {"event": "grip_shock", "size": chance.random(), **window, "only": chance.choice([None, [organisation]])},
        ]
    )
