"""Records for the kernel: a field that is forgotten, or that there is none of, is never passed over."""

import numpy as np
import pytest

from simulation.levers import Lever
from simulation.model.ensemble import packing
from simulation.model.system import build_system
from simulation.vocabulary import LeverScope
from tests.places import place, scenario

pytestmark = pytest.mark.unit

KIND = np.dtype([("at", np.uint32), ("value", np.float64)])


def test_a_record_takes_each_of_its_fields():
    records = packing._records(KIND, at=[0, 16], value=[1.5, 2.5])
    assert records.tolist() == [(0, 1.5), (16, 2.5)]


def test_a_forgotten_field_is_an_error():
    with pytest.raises(TypeError, match=r"^fields given and fields of the record differ: value$"):
        packing._records(KIND, at=[0, 16])


def test_an_unknown_field_is_an_error():
    with pytest.raises(TypeError, match=r"^fields given and fields of the record differ: worth$"):
        packing._records(KIND, at=[0], value=[1.0], worth=[1.0])


def test_the_strength_of_each_lever_stands_in_the_field_of_its_name():
    levers = {str(lever): {"strength": (1 + number) / 100} for number, lever in enumerate(Lever)}
    calendar = packing.pack_calendar(build_system(scenario(place(levers=levers))))
    for number, lever in enumerate(Lever):
        records = calendar.organisations if lever.acts_on_organisations else calendar.opportunities
        of_another_kind = [0.0] if lever.scope in {LeverScope.PROGRAMME, LeverScope.CONTRACT} else []
        assert np.unique(records[lever]).tolist() == [*of_another_kind, (1 + number) / 100]
