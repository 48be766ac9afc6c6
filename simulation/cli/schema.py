"""`trustsim schema`: the JSON Schema of scenario files."""

import json

import typer


def schema() -> None:
    """Print the JSON Schema by which editors check scenario files.

    Keep it beside your files (trustsim schema > schema.json) and begin each with the line
    `# yaml-language-server: $schema=schema.json`.
    """
    from simulation.scenario.json_schema import scenario_json_schema

    typer.echo(json.dumps(scenario_json_schema(), indent=2, sort_keys=True))
