"""The papers that a board reads: their content once, and a writer for each format."""
