"""Values as text for people: JSON that fits the width, boards, no secret in full."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]

WIDTH = 76
_EXCERPT = 300
_ROWS = "[["
_SHOWN = 10
_LONG_WORD = re.compile(rf"([\w.-]{{{_SHOWN}}})[\w.-]+")
_TOKENS = {"accesstoken", "authorization"}


def discreet(value: object) -> object:
    """Give *value* without its secrets: a token keeps its beginning, a password nothing."""
    match value:
        case dict():
            return {key: _hidden(key, each) for key, each in value.items()}
        case list():
            return [discreet(each) for each in value]
        case _:
            return value


def _hidden(key: str, value: object) -> object:
    if key.lower() == "password":
        return "<password>"
    if key.lower() in _TOKENS:
        return shortened(str(value))
    return discreet(value)


def shortened(token: str) -> str:
    """Give only the beginning of a *token*, with its type if that stands before it."""
    return _LONG_WORD.sub(r"\1…", token)


def excerpt(value: object) -> str:
    """Give the beginning of what makes no sense."""
    text = json.dumps(discreet(value), ensure_ascii=False)
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"


def laid_out(value: object, room: int = WIDTH, taken: int = 0) -> str:
    """Write JSON in lines of *room*, of which the first has so much *taken* already."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= room - taken and _ROWS not in line:
        return line
    match value:
        case dict() if value:
            entries = [(f"{json.dumps(key)}: ", each) for key, each in value.items()]
            return _enclosed("{", entries, "}", room, taken)
        case [_, *_]:
            return _enclosed("[", [("", each) for each in value], "]", room, taken)
        case _:
            return line


def _enclosed(
    opening: str, entries: Sequence[tuple[str, object]], closing: str, room: int, taken: int
) -> str:
    match entries:
        case [(name, dict() | list() as only)]:
            inside = laid_out(only, room, taken + len(name) + 2)
            return f"{opening}{name}{inside}{closing}"
        case _:
            parts = [name + laid_out(each, room - 2, len(name)) for name, each in entries]
            inside = indented(_packed(parts, room - 2), by=2)
            return f"{opening}\n{inside}\n{closing}"


def _packed(parts: Sequence[str], room: int) -> str:
    """Put short entries on one line, and each object or row of a list on its own."""
    lines = [parts[0]]
    for part in parts[1:]:
        joined = f"{lines[-1]}, {part}"
        if "\n" in joined or len(joined) >= room or part.startswith(("{", "[")):
            lines.append(part)
        else:
            lines[-1] = joined
    return ",\n".join(lines)


def indented(text: str, by: int) -> str:
    """Move lines to the right; other than textwrap's, only at line feeds, as JSON has them."""
    return "\n".join(f"{' ' * by}{line}" for line in text.split("\n"))


def drawn(rows: Sequence[Sequence[str | None]], line: Sequence[Json]) -> str:
    """Draw a board; the cells of the *line* that won stand in brackets."""
    won = {(cell["row"], cell["column"]) for cell in line}
    drawn_rows = (
        "|".join(
            f"[{mark}]" if (row, column) in won else f" {mark or ' '} "
            for column, mark in enumerate(marks)
        )
        for row, marks in enumerate(rows)
    )
    return f"\n{'+'.join('---' for _ in rows[0])}\n".join(drawn_rows)
