"""Comments in a YAML file, which are lost when it is read."""

import os
from pathlib import Path

import yaml

_FOR_EDITORS = "# yaml-language-server:"


def has_comments(path: str | os.PathLike[str]) -> bool:
    """Return True if a YAML file that can be read has a comment, other than the one that gives editors the schema.

    Args:
        path: The file; one of another kind has none.
    """
    file = Path(path)
    if file.suffix.lower() not in {".yaml", ".yml"}:
        return False
    text = file.read_text(encoding="utf-8-sig")
    if text.startswith(_FOR_EDITORS):
        text = text.partition("\n")[2]
    end = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        # Between tokens there is nothing but space and comments.
        if "#" in text[end : token.start_mark.index]:
            return True
        end = max(end, token.end_mark.index)
    return "#" in text[end:]
