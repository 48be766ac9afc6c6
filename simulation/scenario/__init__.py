"""A scenario says what a place is: schema, loading, and what stands behind its numbers. YAML lives only here."""
