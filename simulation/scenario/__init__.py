"""A scenario says what a place is: schema, loading and the evidence for its numbers. YAML lives only here."""
