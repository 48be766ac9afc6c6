"""The columns of every table, each with its unit; arrays hold them in this order along their last axis."""

SYSTEM = {
    "gap": "£m a year",
    "do_nothing": "£m a year",
    "efficiency": "£m a year, all organisations",
    "programmes": "£m a year, the worth of all programmes",
    "milestones_value": "£m a year on paper, by milestones met",
    "trust": "0–1, mean over relationships",
    "population_first": "share of stances",
    "population_first_contracts": "share of stances in contracts",
    "orientation": "0–1, mean over organisations",
    "pressure": "units of value per participant, mean over organisations",
    "co_ownership": "0–1, mean over opened programmes",
    "plan_coverage": "share of the value of opened programmes that is agreed",
    "people_reached": "people, counted per programme",
    "benefit": "share of the population's benefit on paper",
}

ORGANISATIONS = {
    "orientation": "0–1",
    "efficiency": "£m a year",
    "pressure": "units of value per participant",
    "shortfall": "units of a share of income",
    "position": "£m this month",
    "population_first": "share of its stances",
}

OPPORTUNITIES = {
    "co_ownership": "0–1",
    "population_first": "share of its participants",
    "milestones_met": "milestones",
    "worth": "£m a year",
    "contract_yield": "£m this month",
    "cost_shifted": "£m this month",
}

AGREEMENTS = {
    "agreed": "month of agreement, months from the start",
    "by_order": "1 if declared agreed by instruction, else 0",
    "outcome": "number of the outcome class",
    "lead": "position of the lead among the organisations",
    "realisation": "share of value",
    "co_ownership": "0–1, at agreement",
    "milestones_met": "milestones, by the last month",
    "worth": "£m a year, by the last month",
}

MEMBERSHIPS = {
    "months_on_table": "months in which the opportunity awaited agreement, or was managed as a contract",
    "institutional": "of these, months in which the organisation asked the institutional question",
}
