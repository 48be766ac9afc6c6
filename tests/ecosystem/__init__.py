"""Each tool used as its own documents say, with this project's model in place of theirs."""
