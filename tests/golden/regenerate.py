"""Write the golden trajectories again: `make golden`, or `python -m tests.golden.regenerate` from the project's folder.

Do so only when numbers change on purpose, read the difference line by line before keeping it, and say in the changelog,
under **Numbers change**, what changed and why. `--check` writes nothing and lists those that would change.
"""

import json
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from simulation import columns
from simulation.model.agents.model import TrustModel
from simulation.results.trajectory import Trajectory
from simulation.scenario.loading import load_scenario

HERE = Path(__file__).parent
SCENARIOS = HERE.parents[1] / "scenarios"
SEED = 1
REPLICATE = 7

CASES = {
    "two-trusts": SCENARIOS / "two-trusts.yaml",
    "mid-south-essex": SCENARIOS / "mid-south-essex.yaml",
    "mid-south-essex-as-it-happened": SCENARIOS / "mid-south-essex-as-it-happened.yaml",
    "everything": HERE / "everything.yaml",
}

TABLES = ("system", "organisations", "relationships", "opportunities", "agreements", "memberships")


def golden_path(case: str) -> Path:
    """Return the path of a case's numbers."""
    return HERE / f"{case}.json"


def make(case: str) -> str:
    """Return one case's numbers as text: the system table month by month, the rest as digests of its bits."""
    trajectory = TrustModel(load_scenario(CASES[case]), seed=SEED, replicate=REPLICATE).run()
    header: dict[str, Any] = {"seed": SEED, "replicate": REPLICATE, "columns": list(columns.SYSTEM._fields)}
    lines = [json.dumps({name: value})[1:-1] for name, value in header.items()]
    lines.append('"digests": ' + json.dumps({table: digest(trajectory, table) for table in TABLES}, indent=1))
    months = [
        json.dumps([None if np.isnan(number) else number for number in row]) for row in trajectory.system.tolist()
    ]
    lines.append('"months": [\n' + ",\n".join(months) + "\n]")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def digest(trajectory: Trajectory, table: str) -> str:
    """Return a digest of a table's bits."""
    numbers = np.asarray(getattr(trajectory, table), dtype="<f8")
    plain = np.where(np.isnan(numbers), np.nan, numbers)
    return blake2b(plain.tobytes(), digest_size=8).hexdigest()


def main() -> int:
    """Write the cases that changed, or with `--check` only list them."""
    check = "--check" in sys.argv[1:]
    changed = [
        case
        for case in CASES
        if not golden_path(case).exists() or golden_path(case).read_text(encoding="utf-8") != make(case)
    ]
    for case in changed:
        if not check:
            golden_path(case).write_text(make(case), encoding="utf-8")
        sys.stdout.write(f"{'would change' if check else 'written'}: {golden_path(case).name}\n")
    if not changed:
        sys.stdout.write("nothing changes\n")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
