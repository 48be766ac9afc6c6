"""The sentences that every paper has, whatever the results."""

NOT_FOR = (
    "This is not a forecast of this place’s finances, and sets no control total.",
    "It does not judge an organisation or a leader.",
    "No lever may be said to be worth a sum of money without its band.",
    "It is no evidence that trust between organisations causes delivery: that is assumed, and the model shows what "
    "follows.",
)
"""Uses of a paper that are ruled out, as in the README."""

TO_FILL = "(to be filled in)"

RECOMMENDATION = "Recommendation sought"

EQUALITY = (
    "The model counts organisations and money, not people. It cannot say who would gain or lose services, by place, "
    "age, "
    "sex, ethnicity or disability. A choice needs an equality impact assessment."
)

QUALITY = (
    "Quality and safety of care are not in the model: a pound saved counts alike whatever it does to care. A choice "
    "needs "
    "a quality impact assessment."
)

METHOD = (
    "Every organisation is simulated month by month. In each programme and contract it asks one of two questions: what "
    "does this mean for my organisation, or what could we do for our population? The more it trusts the others, the "
    "more likely it asks the second; the harder it is pressed by its own shortfall, the less.",
    "A programme is agreed when enough of those in it ask the population’s question and nobody who would lose stands "
    "against it, or when it is ordered. It is delivered in milestones, and the more its organisations trust one "
    "another, "
    "the more surely. Trust rises when a decision serves the population and costs nobody. It falls when one has to "
    "lose.",
)

COMMON_CHANCE = (
    "All scenarios face the same random events, run by run, so a difference between them is what was changed "
    "and not chance."
)

PROBABILITY = "“In 37 of 100” counts simulated runs; it is not the probability of what will happen."
