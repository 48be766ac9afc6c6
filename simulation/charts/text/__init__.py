"""The words of charts: names, labels, subtitles and source lines."""
