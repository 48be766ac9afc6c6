"""What a batch leaves on disk: a manifest, its designs, parts as they come, and the tables made of them."""
