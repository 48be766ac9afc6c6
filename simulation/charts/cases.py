"""One of several compared scenarios, for a chart of it alone."""

from dataclasses import replace

from simulation.results.comparison import Comparison
from simulation.results.study import Study
from simulation.scenario.changes import title_of_case, titles_together


def study_of_case(comparison: Comparison, label: str) -> Study:
    """Return a case whose tables were kept; of several, with its label in its title, so that a chart says which it is.

    The title of its file may be that of the place, and say nothing of the choice or of what was varied.

    Args:
        comparison: The cases.
        label: The label of the case.
    """
    studies = comparison.studies
    study = studies[label]
    if len(comparison.cases) < 2:
        return study
    scenario = study.ensemble.scenario
    # The titles of changed scenarios end with their names already.
    scenarios = [
        each.ensemble.scenario.model_copy(update={"title": _without_name(each.ensemble.scenario.title, comparison)})
        for each in studies.values()
    ]
    titled = scenario.model_copy(update={"title": title_of_case(titles_together(scenarios), label)})
    axes = replace(study.ensemble.axes, scenario=titled)
    return replace(study, ensemble=replace(study.ensemble, axes=axes))


def _without_name(title: str, comparison: Comparison) -> str:
    for case in comparison.cases:
        title = title.removesuffix(f": {case.label}").removesuffix(f": {case.variant}")
    return title
