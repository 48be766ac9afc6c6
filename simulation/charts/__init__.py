"""How it looks: one chart a file, drawn to a board's needs. matplotlib lives only here."""

from simulation.charts.trajectory import trajectory
