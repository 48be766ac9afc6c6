"""Tests of simulation.scenario.workbook."""
