"""A small valid scenario, and the types of the helpers in conftest."""

from collections.abc import Callable
from pathlib import Path

VALID = """\
title: A small place
start: 2016-04
months: 24
population: 1000
do_nothing: {2016-04: 10, 2018-03: 20}
organisations:
  meht: {role: provider, income: 300}
  btuh: {role: provider, income: 310}
  ccg: {role: commissioner, income: 500}
contracts:
  deal: {commissioner: ccg, provider: meht, amount: 200}
programmes:
  frailty: {value: 3, shares: {meht: 0.4, ccg: 0.6}, activity: [{from: meht, income: 2}]}
  surgery: {value: 3, shares: {meht: 0.5, btuh: 0.5}}
levers:
  coaching: {strength: 0.5}
events:
  - {event: breach, month: 2016-05, organisation: meht, size: 0.5}
"""

Write = Callable[..., Path]
Complaints = Callable[..., list[str]]
