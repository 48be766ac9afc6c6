"""Print the JSON Schema of scenario or experiment files."""

import json
from typing import Annotated

import typer


def schema(
    experiment: Annotated[bool, typer.Option("--experiment", help="That of experiment files instead.")] = False,
) -> None:
    """Print the JSON Schema by which editors check scenario files, or experiment files.

    Keep it beside your files (trustsim schema > schema.json) and begin each with the line
    `# yaml-language-server: $schema=schema.json`.
    """
    if experiment:
        from simulation.experiment.json_schema import experiment_json_schema as json_schema
    else:
        from simulation.scenario.json_schema import scenario_json_schema as json_schema

    typer.echo(json.dumps(json_schema(), indent=2, sort_keys=True))
