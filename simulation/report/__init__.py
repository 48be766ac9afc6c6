"""What a board reads: the paper's content once, and a writer for each format."""
