"""The files of a batch: its manifest, its designs, chunks of results, and the tables merged from them."""
