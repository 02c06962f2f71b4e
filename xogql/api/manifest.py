"""Reads a manifest: the documents that are trusted beforehand, by their ids."""

import json
from collections.abc import Mapping
from pathlib import Path


class ManifestError(ValueError):
    """A file is no manifest of trusted documents."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no manifest of trusted documents.")


def read_manifest(path: Path) -> Mapping[str, str]:
    """Read trusted documents: `{id: text}`, or Apollo's manifest with `operations`.

    Raises:
        ManifestError: if it is neither, or there is none.
    """
    try:
        manifest = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise ManifestError(path) from error
    match manifest:
        case {"operations": [*operations]}:
            return {each["id"]: each["body"] for each in operations}
        case dict() if all(isinstance(each, str) for each in manifest.values()):
            return {str(name): str(text) for name, text in manifest.items()}
        case _:
            raise ManifestError(path)
