"""Values as text for people: JSON that fits the width, boards, no secret in full."""

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]

WIDTH = 92
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


def laid_out(value: object, room: int = WIDTH) -> str:
    """Write JSON: on one line what has the *room*, else indented."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= room or not isinstance(value, dict | list) or not value:
        return line
    if isinstance(value, dict):
        opening, closing = "{}"
        parts = [_entry(key, each, room - 2) for key, each in value.items()]
    else:
        opening, closing = "[]"
        parts = [laid_out(each, room - 2) for each in value]
    if len(parts) == 1:
        return f"{opening}{parts[0]}{closing}"
    return f"{opening}\n{indent(_packed(parts, room - 2), '  ')}\n{closing}"


def _entry(key: str, value: object, room: int) -> str:
    name = f"{json.dumps(key)}: "
    return name + laid_out(value, room - len(name))


def _packed(parts: Sequence[str], room: int) -> str:
    """Put short parts on one line."""
    lines = [parts[0]]
    for part in parts[1:]:
        joined = f"{lines[-1]}, {part}"
        if "\n" in joined or len(joined) >= room:
            lines.append(part)
        else:
            lines[-1] = joined
    return ",\n".join(lines)


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
