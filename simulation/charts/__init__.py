"""How it looks: one chart a file, drawn to docs/adr and a board's needs. matplotlib lives only here."""
