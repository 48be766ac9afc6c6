"""The sentences that every paper has, whatever the results."""

NOT_FOR = (
    "This is not a forecast of this place’s finances, and sets no control total.",
    "It does not judge an organisation or a leader.",
    "No lever may be claimed to be worth a sum of money without its band.",
    "It is no evidence that trust causes delivery: that is assumed, and the model shows what follows.",
)
"""Uses of a paper that are ruled out, as in the README."""

DEFAULT_ASK = (
    "To note what was found; to say which scenario it wishes to see worked up, and which assumption it would first see "
    "tested in this place."
)

METHOD = (
    "Every organisation is simulated month by month. In each programme and contract it asks one of two questions: what "
    "does this mean for my organisation, or what could we do for our population? The more it trusts the others, the "
    "more likely it asks the second; the harder it is pressed by its own shortfall, the less.",
    "A programme is agreed when enough of those in it ask the population’s question and nobody who would lose stands "
    "against it, or when it is ordered. It is delivered in milestones, the more surely the more those in it trust one "
    "another. What is good for the population and neutral or a win for an institution raises trust; what makes one "
    "lose takes it.",
)

COMMON_CHANCE = (
    "All scenarios face the same random events, run by run, so a difference between them is what was changed "
    "and not chance."
)

PROBABILITY = "“In 37 of 100” counts simulated runs; it is no probability of what will happen."
