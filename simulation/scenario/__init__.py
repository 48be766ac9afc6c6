"""Scenarios, which describe a place: schema, loading and the evidence for numbers. YAML is used only here."""
