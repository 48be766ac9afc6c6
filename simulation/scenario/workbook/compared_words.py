"""Words as they are compared, since people write them with other spaces and capitals."""


def plain(text: str) -> str:
    """Return a text as it is compared: in small letters, with one space for spaces and underscores."""
    return " ".join(text.replace("_", " ").casefold().split())
