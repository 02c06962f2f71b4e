"""`xogql demo`."""

from pathlib import Path


def demonstrate(url: str | None, data_dir: Path | None) -> None:
    """Play."""
