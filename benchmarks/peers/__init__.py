"""The same model written by other means, to be timed beside the project's own engines."""
