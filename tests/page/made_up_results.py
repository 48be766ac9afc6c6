"""Made-up places and results of any shape, with names that try to break a picture."""

from random import Random
from typing import Any

from simulation.charts.drawing.palette import ANALYSIS_FUNCTION
from simulation.results.financial_year import financial_years
from tests.places import month_after

NAMES = (
    "Mid Essex Hospital Services (Broomfield)",
    "<script>alert(1)</script>",
    'Tom & "Jerry" \'s </svg><rect>',
    "מרכז רפואי דרום",
    "مستشفى الجامعة \u202e\u2067 reversed",
    "A" * 90,
    "Ünïcödé Ŵ Ł ǅ",
    "长长的名字医院信托基金会",
    "🏥🏥🏥 hospital",
    "\x00\x07\ud800 bad \ufffe letters",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    " ",
    "w",
)


def made_up(seed: int) -> dict[str, Any]:
    """A place with two variants, and options to draw them with."""
    chance = Random(seed)
    months, replicates = chance.choice([1, 2, 5, 13, 40, 61, 120]), chance.choice([1, 2, 9])
    place = _place(chance, months)
    scale = chance.choice([0.001, 0.3, 8, 120, 4000])
    sample = {name: _results(chance, place, replicates, scale) for name in ("results", "baseline")}
    options = {"width": chance.randint(320, 1100), "month": chance.randrange(months)}
    if chance.random() < 0.5:
        options["guesses"] = [chance.uniform(-scale, 9 * scale) for _ in range(chance.randint(1, 12))]
    if chance.random() < 0.3:
        options["names"] = dict(zip(("now", "kept"), chance.sample(NAMES, 2), strict=True))
    if chance.random() < 0.3:
        sample["baseline"] = None
    return {"place": place, "options": options, **sample}


def _place(chance: Random, months: int) -> dict[str, Any]:
    start = chance.choice(["2015-12", "2020-04"])
    names = tuple(month_after(each, start) for each in range(months))
    organisations = chance.choice([2, 3, 7, 11, 12, 20, 27, 40, 41])
    pairs = [[one, other] for one in range(organisations) for other in range(organisations) if one != other]
    scale = chance.choice([0.01, 20, 3000])
    palette = ANALYSIS_FUNCTION
    return {
        "title": chance.choice(NAMES),
        "months": list(names),
        "years": [
            {"label": f"{year.label} (part)" if year.is_part else year.label, "first": year.first, "until": year.until}
            for year in financial_years(names)
        ],
        "organisations": [
            {"name": chance.choice(NAMES), "short": chance.choice(["A", "MSEFT", "WWWWWW", "<b>"]), "role": role}
            for role in chance.choices(["commissioner", "provider"], k=organisations)
        ],
        "relationships": chance.sample(pairs, chance.randint(0, len(pairs))) if chance.random() < 0.8 else pairs,
        "opportunities": [{"title": chance.choice(NAMES)} for _ in range(chance.choice([0, 1, 6, 24]))],
        "paths": {
            "do_nothing": _line(chance, months, scale),
            "plan": _line(chance, months, scale),
            "target": chance.uniform(-0.2, 1) * scale,
        },
        "colours": {
            "categorical": list(palette.categorical),
            **{name: getattr(palette, name) for name in ("ink", "quiet", "grid", "ground")},
        },
    }


def _results(chance: Random, place: dict[str, Any], replicates: int, scale: float) -> dict[str, Any]:
    months, years = len(place["months"]), len(place["years"])
    organisations, relationships = len(place["organisations"]), len(place["relationships"])
    varied = chance.random() < 0.6
    kept = sorted({0, chance.randrange(months), months - 1})
    return {
        "replicates": replicates,
        "cases": 256,
        "gap": {
            "chance": _bands(chance, months, scale),
            "varied": _bands(chance, months, scale) if varied else None,
            "do_nothing": _line(chance, months, scale),
        },
        "last": {
            "chance": [chance.gauss(0, scale) for _ in range(replicates)],
            "delivered": [chance.random() * scale for _ in range(replicates)],
        },
        "questions": {
            "runs": [[chance.random() for _ in range(months)] for _ in range(replicates)],
            "population_first": _bands(chance, months, 1, most=1),
            "varied": _bands(chance, months, 1, most=1) if varied else None,
        },
        "trust": {
            "runs": [[chance.random() for _ in range(months)] for _ in range(replicates)],
            "months": kept,
            "opening": [chance.random() for _ in range(relationships)],
            "mean": [[chance.random() for _ in range(relationships)] for _ in kept],
            "overall": _bands(chance, months, 1, most=1),
        },
        "organisations": {
            "outturns": [
                [[chance.gauss(0, scale) for _ in range(organisations)] for _ in range(years)]
                for _ in range(replicates)
            ]
        },
        "plan": [
            {
                "opportunity": k,
                "value": abs(chance.gauss(0, scale)),
                "agreed": chance.choice([0.0, 1.0, chance.random()]),
                "month": chance.choice([None, chance.randrange(months)]),
                "delivered": 0.0 if chance.random() < 0.3 else chance.random() * scale,
                "realised": chance.random() * scale,
            }
            for k in range(len(place["opportunities"]))
        ],
        "money": {
            "years": [
                {
                    "gap": chance.gauss(0, scale),
                    "position": chance.gauss(0, scale),
                    "lever_costs": chance.random() * scale,
                    "set_up": 0.0,
                }
                for _ in range(years)
            ],
            "position": [_line(chance, months, scale) for _ in range(replicates)],
        },
    }


def _line(chance: Random, months: int, scale: float) -> list[float]:
    start, slope = chance.uniform(-0.3, 1) * scale, chance.uniform(-1, 1) * scale / months
    return [start + slope * month for month in range(months)]


def _bands(chance: Random, months: int, scale: float, most: float = float("inf")) -> dict[str, list[float]]:
    middle = [min(most, max(0.0 if most == 1 else -scale, value)) for value in _line(chance, months, scale)]
    wide = chance.choice([0.0, 0.05, 0.4]) * scale

    def moved(part: float) -> list[float]:
        return [min(most, max(0.0 if most == 1 else -9e9, value + part * wide)) for value in middle]

    bands = {"median": middle, "low50": moved(-0.4), "high50": moved(0.4), "low90": moved(-1), "high90": moved(1)}
    if months > 2 and chance.random() < 0.2:  # nobody decides anything in the first month
        for values in bands.values():
            values[0] = float("nan")
    return bands
