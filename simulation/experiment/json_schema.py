"""The JSON Schema with which editors check, complete and explain experiment files."""

from typing import Annotated, Any

from pydantic import Field, create_model

from simulation.experiment.entries import ExperimentEntry, VariantName
from simulation.scenario.fields import FrozenDict, Text
from simulation.scenario.json_schema import OrNull, change_model, model_schema
from simulation.scenario.schema import Scenario


def experiment_json_schema() -> dict[str, Any]:
    """Return the schema as JSON data, draft 7."""
    path = Field(None, description="Path, from this file's folder, of another scenario to start from.")
    named = create_model(
        "VariantChange", __base__=change_model(Scenario), __doc__=Scenario.__doc__, scenario=(Text, path)
    )
    change: Any = Annotated[named, OrNull()]
    compare = Annotated[FrozenDict[VariantName, change], Field(min_length=1)]
    described = Field(None, description=ExperimentEntry.model_fields["compare"].description)
    model = create_model(
        "Experiment", __base__=ExperimentEntry, __doc__=ExperimentEntry.__doc__, compare=(compare, described)
    )
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Experiment", **model_schema(model)}
