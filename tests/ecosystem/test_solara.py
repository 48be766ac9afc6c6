"""Solara: Mesa's own user interface on a place, rendered without a browser; `make solara` runs it."""

import pytest

from simulation import run_ensemble
from simulation.levers import Lever
from simulation.scenario.what_if import with_levers
from tests.ecosystem.tools import ROOT, two_trusts

solara = pytest.importorskip("solara", reason="it has an environment of its own: make solara")
pytest.importorskip("altair")

import ipyvuetify as v  # noqa: E402  it comes with Solara

from simulation import mesa_page  # noqa: E402

pytestmark = [pytest.mark.e2e, pytest.mark.filterwarnings("ignore")]

TWO_TRUSTS = ROOT / "scenarios/two-trusts.yaml"


def rendered(monkeypatch, path=TWO_TRUSTS):
    monkeypatch.setenv(mesa_page.PLACE, str(path))
    _, context = solara.render(solara.AppLayout(children=[mesa_page.Page()]), handle_error=False)
    return context


def button(context, label):
    return next(each for each in context.find(v.Btn).widgets if each.children == [label])


def test_every_lever_is_a_slider_under_its_label(monkeypatch):
    labels = [each.label for each in rendered(monkeypatch).find(v.Slider).widgets]
    assert labels[-len(Lever) :] == [lever.label for lever in Lever]


def test_sliders_buttons_and_pictures_work(monkeypatch):
    made = []
    built = mesa_page.LeverModel.__init__

    def build(self, place, **kwargs):
        built(self, place, **kwargs)
        made.append(self)

    monkeypatch.setattr(mesa_page.LeverModel, "__init__", build)
    context = rendered(monkeypatch)
    button(context, "Step").click()
    button(context, "Step").click()
    assert made[-1].month == 2
    slider = next(each for each in context.find(v.Slider).widgets if each.label == Lever.SUPERORDINATE_GOAL.label)
    slider.v_model = 1.0
    button(context, "Reset").click()
    model = made[-1]
    assert model.month == 0
    for _ in range(model.system.months):
        button(context, "Step").click()
    expected = run_ensemble(with_levers(two_trusts(), superordinate_goal=1.0), replicates=1, seed=1)
    assert model.trajectory["gap"].tolist() == expected["gap"][0].tolist()
    assert button(context, "Step").disabled


def test_a_place_with_levers_starts_as_it_is(monkeypatch):
    monkeypatch.delenv(mesa_page.PLACE, raising=False)
    place = mesa_page.load_place()
    sliders = mesa_page.model_parameters(place)
    values = {name: each.value for name, each in sliders.items() if name != "place"}
    model = mesa_page.LeverModel(place, **values)
    assert model.place == place
    assert values["coaching"] == max(each.strength for each in place.levers[Lever.COACHING]) > 0
    model.run()
    assert model.gap == run_ensemble(place, replicates=1, seed=1)["gap"][0, -1]


def test_a_file_that_is_not_there_is_an_error_on_the_page(monkeypatch, tmp_path):
    context = rendered(monkeypatch, tmp_path / "none.yaml")
    (alert,) = context.find(v.Alert).widgets
    assert "none.yaml" in str(alert.children)
