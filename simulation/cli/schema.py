"""Print the JSON Schema of scenario or experiment files."""

import json
from typing import Annotated

import typer


def schema(
    experiment: Annotated[bool, typer.Option("--experiment", help="Print the schema of experiment files.")] = False,
) -> None:
    """Print the JSON Schema of scenario files; editors use it to check files as you write.

    Save it with your files (trustsim schema > schema.json), and begin each file with the line
    `# yaml-language-server: $schema=schema.json`.
    """
    if experiment:
        from simulation.experiment.json_schema import experiment_json_schema as json_schema
    else:
        from simulation.scenario.json_schema import scenario_json_schema as json_schema

    typer.echo(json.dumps(json_schema(), indent=2, sort_keys=True))
