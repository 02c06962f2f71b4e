"""The conversation, printed message by message."""

import json
import shlex
from collections.abc import Mapping
from textwrap import fill

import click

from xogql.demo.documents import Document
from xogql.demo.readable import WIDTH, Json, discreet, indented, laid_out, shortened

_COLOURS = {"Ann": "cyan", "Bob": "magenta"}
_MARGIN = 4


class Transcript:
    """Prints who sends and hears what; a document in full only the first time."""

    def __init__(self) -> None:
        self._steps = 0
        self._known: set[Document] = set()

    def note(self, text: str) -> None:
        """Print a remark between the messages."""
        self._print(fill(text, WIDTH + _MARGIN, break_long_words=False))

    def step(self, title: str, why: str) -> None:
        """Begin a step: what happens, and what there is to learn from it."""
        self._steps += 1
        heading = f"{self._steps}. {title}"
        self._print("", click.style(heading, bold=True), click.style("=" * len(heading), dim=True))
        self.note(why)

    def sent(
        self,
        who: str,
        how: str,
        message: Json,
        document: Document | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Print what *who* sends; of a *document* that was printed before, its name only."""
        self.event(who, "-->", how)
        for name, value in (headers or {}).items():
            self._body(f"{name}: {shortened(value)}")
        if document is not None and document not in self._known:
            self._known.add(document)
            self._body(document.text)
        self._body(laid_out(_abridged(discreet(message), document)))

    def received(self, who: str, how: str, message: object) -> None:
        """Print what *who* is answered or told."""
        self.event(who, "<--", how)
        self._body(laid_out(discreet(message)))

    def event(self, who: str, arrow: str, how: str) -> None:
        """Print what *who* does, with no message: it goes out or comes in as the *arrow* says."""
        self._print("", f"{click.style(who, fg=_COLOURS[who], bold=True)} {arrow} {how}")

    def curl(self, url: str, document: Document, variables: Json) -> None:
        """Print the command that sends the same request."""
        body = {"query": document.line, "variables": discreet(variables)}
        self._print("")
        self.note("The same with curl, with a username and a password of your own:")
        self._body(
            f"curl {shlex.quote(url)} -H 'Content-Type: application/json' \\\n"
            f"  -d {shlex.quote(json.dumps(body))}"
        )
        self.note("Whoever is signed in adds: -H 'Authorization: Bearer <accessToken>'")

    def picture(self, drawing: str) -> None:
        """Print a *drawing* of several lines."""
        self._print("", indented(drawing, _MARGIN), "")

    def _body(self, text: str) -> None:
        self._print(indented(text, _MARGIN))

    def _print(self, *lines: str) -> None:
        for line in lines:
            click.echo(line)


def _abridged(message: object, document: Document | None) -> object:
    """Name the *document* in place of its text, wherever it stands in the *message*."""
    match message:
        case dict():
            return {key: _abridged(each, document) for key, each in message.items()}
        case str() if document is not None and message == document.text:
            return f"{document.title} …"
        case _:
            return message
