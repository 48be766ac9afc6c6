"""An ensemble is saved, read again and labelled without loss."""

import copy
import sys
from dataclasses import replace

import numpy as np
import pytest

from simulation.model.run import run_ensemble
from simulation.results.ensemble import DETAIL, Ensemble
from tests.places import place, scenario

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def ensemble():
    plain = place(title="Ünïted", population={"value": 100_000, "source": "a census"})
    return run_ensemble(scenario(plain), replicates=4, seed=2**63 + 1, detail=DETAIL, detail_months=(0, 5, 11))


@pytest.mark.parametrize("name", ["kept.npz", "kept", "kept.2016"])
def test_what_is_saved_is_what_is_read(ensemble, tmp_path, name):
    ensemble.save(tmp_path / name)
    (written,) = tmp_path.iterdir()
    assert written.suffix == ".npz"
    again = Ensemble.load(written)
    assert again.arrays == ensemble.arrays
    for array in ensemble.arrays:
        before, after = getattr(ensemble, array), getattr(again, array)
        assert before.dtype == after.dtype
        assert before.tobytes() == after.tobytes(), array
    assert again.axes == ensemble.axes
    assert (again.seed, again.detail_months) == (ensemble.seed, ensemble.detail_months)
    assert again.scenario.population.evidence == ensemble.scenario.population.evidence
    assert again.to_pandas("relationships").equals(ensemble.to_pandas("relationships"))


def test_arrays_are_read_only_and_their_maker_may_still_write():
    made = run_ensemble(scenario(place()), replicates=2, seed=1, engine="mesa", detail="relationships")
    for write in (made.gap, made["trust"], made.outturns, made.select(slice(1)).gap):
        with pytest.raises(ValueError, match="read-only"):
            write[:, -1] = 0
    own = made.system.copy()
    again = replace(made, system=own)
    own[:] = 0
    assert np.shares_memory(again.system, own)
    assert (again.gap == 0).all()


def test_ensembles_of_the_same_numbers_are_equal(ensemble):
    assert copy.deepcopy(ensemble) == ensemble
    assert ensemble != ensemble.select(slice(3))
    assert ensemble != replace(ensemble, system=ensemble.system + 1)
    assert ensemble != "an ensemble"


def test_a_changed_ensemble_and_one_of_another_format_are_refused(ensemble, tmp_path):
    ensemble.save(tmp_path / "kept.npz")
    with np.load(tmp_path / "kept.npz") as file:
        held = dict(file)
    about = str(held["about"])
    for changed, said in (
        ({"system": held["system"] / 2}, "was changed after it was written"),
        ({"about": np.array(about.replace(str(2**63 + 1), "8"))}, "was changed after it was written"),
        ({"about": np.array(about.replace("ensemble 2", "ensemble 1"))}, "has format 1 of ensembles"),
        ({"about": np.array(about.replace("ensemble 2", "ensemble 3"))}, "has format 3 of ensembles"),
    ):
        np.savez(tmp_path / "other.npz", **{**held, **changed})
        with pytest.raises(ValueError, match=said):
            Ensemble.load(tmp_path / "other.npz")


def test_a_file_without_an_ensemble_is_refused(tmp_path):
    for name, write in {
        "text.npz": lambda path: path.write_text("no", encoding="utf-8"),
        "numbers.npz": lambda path: np.savez(path, a=np.arange(3)),
        "empty.npz": lambda path: path.write_bytes(b""),
        "other.npz": lambda path: np.savez(path, about=np.array('{"format": "other"}')),
    }.items():
        write(tmp_path / name)
        with pytest.raises(ValueError, match=rf"{name} holds no ensemble$"):
            Ensemble.load(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        Ensemble.load(tmp_path / "none.npz")


def test_a_file_that_lacks_a_table_is_refused(ensemble, tmp_path):
    ensemble.save(tmp_path / "whole")
    with np.load(tmp_path / "whole.npz") as file:
        some = {name: file[name] for name in file.files if name != "system"}
    np.savez(tmp_path / "some.npz", **some)
    with pytest.raises(ValueError, match=r"some\.npz was changed after it was written"):
        Ensemble.load(tmp_path / "some.npz")


def test_the_suffix_may_be_left_out(ensemble, tmp_path):
    ensemble.save(tmp_path / "kept")
    assert Ensemble.load(tmp_path / "kept").seed == Ensemble.load(tmp_path / "kept.npz").seed == ensemble.seed


def test_a_missing_folder_is_reported_by_the_requested_path(ensemble, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none/kept\.npz'$"):
        ensemble.save(tmp_path / "none" / "kept.npz")


def test_nothing_half_written_is_left(ensemble, tmp_path, monkeypatch):
    def full(*_args, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(OSError, match="No space left"):
        ensemble.save(tmp_path / "kept.npz")
    assert list(tmp_path.iterdir()) == []


def test_named_axes_hold_the_same_numbers(ensemble):
    pytest.importorskip("xarray")
    tree = ensemble.to_xarray()
    assert tree["system/gap"].dims == ("replicate", "month")
    assert tree["system/gap"].attrs == {"long_name": "Gap", "units": "£m a year"}
    np.testing.assert_array_equal(tree["system/gap"], ensemble["gap"])
    trust = tree["relationships/trust"].sel(replicate=2, month="2020-09", relationship="a in b")
    assert float(trust.item()) == ensemble.relationships[2, 1, 0]
    assert tree["relationships/trusting"].values.tolist() == ["a", "b"]
    assert tree["organisations/position"].sizes == {"replicate": 4, "month": 3, "organisation": 2}
    assert tree["outturns/outturn"].sel(year="2020/21", organisation="b", replicate=1) == ensemble.outturns[1, 0, 1]
    assert tree.attrs == {"title": "Ünïted", "seed": str(2**63 + 1)}


def test_the_axis_of_months_holds_the_dates_that_tables_have(ensemble):
    pytest.importorskip("xarray")
    gap, frame = ensemble.to_xarray()["system/gap"], ensemble.to_pandas("system")
    np.testing.assert_array_equal(gap["month"], frame["date"].unique())
    assert gap.sel(month="2020-09-01").equals(gap.isel(month=5))
    assert gap.sel(month=slice("2020-09", "2020-10")).sizes["month"] == 2


def test_a_dataset_as_a_table_has_a_row_for_each_of_its_numbers(ensemble):
    pytest.importorskip("xarray")
    for name, node in ensemble.to_xarray().children.items():
        frame = node.to_dataset().to_dataframe()
        assert len(frame) == np.prod(getattr(ensemble, name).shape[: len(node.sizes)])
        for variable in node.data_vars.values():
            assert len(variable.to_dataframe()) == len(frame)


def test_without_xarray_it_says_what_is_missing(ensemble, monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(ImportError, match=r"^to_xarray needs xarray: pip install xarray$"):
        ensemble.to_xarray()
