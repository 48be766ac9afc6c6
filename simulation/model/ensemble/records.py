"""Records of the kernel: the constants of the place, and the values that the scenario sets for a month.

A field named `at`, or with a name that ends so, holds the index of the first row in the arrays of the state.
"""

import numpy as np

from simulation.levers import Lever

ORGANISATION_FIXED = np.dtype(
    [
        ("at", np.uint32),
        ("income", np.float64),
        ("net_income", np.float64),
        ("income_share", np.float64),
        ("deficit_share", np.float64),
        ("efficiency_pool", np.float64),
        ("programmes", np.float64),
        ("subject", np.uint64),
    ],
    align=True,
)
"""An organisation; `programmes` is how many it is in, opened or not."""

RELATIONSHIP_FIXED = np.dtype([("at", np.uint32), ("trusting", np.int64), ("trusted", np.int64)], align=True)
"""The organisations at its two ends."""

OPPORTUNITY_FIXED = np.dtype(
    [
        ("at", np.uint32),
        ("is_programme", np.bool_),
        ("value", np.float64),
        ("amount", np.float64),
        ("benefit", np.float64),
        ("reach", np.float64),
        ("milestones", np.float64),
        ("instalment", np.float64),
        ("opens", np.float64),
        ("largest_net_income", np.float64),
        ("participants", np.float64),
        ("others", np.int64),
        ("subject", np.uint64),
        ("first", np.int64),
        ("until", np.int64),
        ("first_onlooker", np.int64),
        ("until_onlooker", np.int64),
    ],
    align=True,
)
"""An opportunity; its memberships and its onlookers have the indices from `first` up to, not including, `until`."""

MEMBERSHIP_FIXED = np.dtype(
    [
        ("at", np.uint32),
        ("participant_at", np.uint32),
        ("organisation", np.int64),
        ("organisation_at", np.uint32),
        ("set_up_share", np.float64),
        ("skill", np.float64),
        ("subject", np.uint64),
        ("first", np.int64),
        ("until", np.int64),
    ],
    align=True,
)
"""A membership; its pairs have the indices from `first` up to, not including, `until`."""

PAIR_FIXED = np.dtype([("other_at", np.uint32), ("towards_at", np.uint32), ("back_at", np.uint32)])
"""A pair of participants: the other membership, the relationship to its organisation, and the one back."""

MEETING_FIXED = np.dtype(
    [("other_at", np.uint32), ("towards_at", np.uint32), ("participant_at", np.uint32), ("organisation_at", np.uint32)]
)
"""A pair as one of its two goes through it: the other membership and the relationship to it, and its own rows."""

MONTH_SET = np.dtype(
    [
        ("do_nothing", np.float64),
        ("plan", np.float64),
        ("lever_cost", np.float64),
        ("first_breach", np.int64),
        ("until_breach", np.int64),
    ]
)
"""The values set for the place in a month."""

ORGANISATION_SET = np.dtype(
    [
        ("leader_leaves", np.bool_),
        ("fixed_stance", np.int64),
        ("grip_shock", np.float64),
        *((str(lever), np.float64) for lever in Lever if lever.acts_on_organisations),
    ],
    align=True,
)
"""The values set for an organisation in a month, with a field for each lever on organisations."""

OPPORTUNITY_SET = np.dtype(
    [
        ("gains", np.float64),
        ("losses", np.float64),
        ("shares_differ", np.bool_),
        *((str(lever), np.float64) for lever in Lever if not lever.acts_on_organisations),
    ],
    align=True,
)
"""The values set for an opportunity in a month, with a field for each lever on programmes, contracts or both.

`gains` and `losses` are the sums of the positive and of the negative shares after payment; `shares_differ` is true in
the month in which it opens and wherever payment or gain share differs from the month before.
"""

BREACH_SET = np.dtype([("organisation", np.int64), ("part_lost", np.float64)])
"""A breach: the organisation that breaks its word, and the part of trust that is lost."""
