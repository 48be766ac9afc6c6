"""The words of charts: numbers, names, subtitles and source lines."""
