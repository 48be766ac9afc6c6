"""A few trials of each kind of fault; `make soak` makes hundreds."""

import shutil
from functools import cache

import pytest

from tests.faults.commands import COMMANDS, prepare, stop_command
from tests.faults.commands import run_undisturbed as run_command
from tests.faults.soak import obstacle_to
from tests.faults.trial import ENDS, run_undisturbed, try_fault

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return run_undisturbed(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.parametrize("fault", ENDS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_disturbed_batch_loses_nothing_and_ends_the_same(fault, seed, undisturbed, tmp_path):
    obstacle = obstacle_to(fault)
    if obstacle is not None:
        pytest.skip(obstacle)
    outcome = try_fault(fault, seed, tmp_path / "disturbed", undisturbed)
    assert outcome.is_good, outcome


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs") / "inputs"
    folder.mkdir()
    prepare(folder)
    return folder


@pytest.fixture(scope="module")
def whole(inputs, tmp_path_factory):
    return cache(lambda name: run_command(name, inputs, tmp_path_factory.mktemp(name) / "whole"))


@pytest.mark.parametrize("fault", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_stopped_command_wrote_is_whole(name, fault, inputs, whole, tmp_path):
    outcome = stop_command(name, fault, 1, inputs, tmp_path / "stopped", *whole(name))
    assert outcome.is_good, outcome
    shutil.rmtree(tmp_path)
