"""Python source that is made of numbered names alone: all texts and objects are constants."""

from collections.abc import Hashable, Iterable


class Source:
    """A module in the making, of at most so many lines.

    Nothing of a document or a value is ever written into it: what generated code needs is given
    a name here (`c7`), and the code says the name.
    """

    def __init__(self, most: int) -> None:
        self._lines: list[str] = []
        self._namespace: dict[str, object] = {}
        self._names: dict[Hashable, str] = {}
        self._tables: list[tuple[str, list[tuple[object, str]]]] = []
        self._left = most
        self._count = 0

    @property
    def text(self) -> str:
        """The source so far."""
        return "\n".join(self._lines)

    def constant(self, value: object) -> str:
        """Name a value, for code to say."""
        return self.shared(("id", id(value)), value)

    def shared(self, key: Hashable, value: object) -> str:
        """Name a value; whoever comes with the same key shares the one that was first."""
        if key not in self._names:
            self._names[key] = self.fresh("c")
            self._namespace[self._names[key]] = value
        return self._names[key]

    def table(self, functions: Iterable[tuple[object, str]]) -> str:
        """Name a dictionary of functions, which are defined under these names."""
        name = self.fresh("c")
        self._tables.append((name, list(functions)))
        return name

    def fresh(self, letter: str) -> str:
        """Give a name that nothing has."""
        self._count += 1
        return f"{letter}{self._count}"

    def define(self, name: str, parameters: str, body: list[str]) -> None:
        """Add a function.

        Raises:
            OverflowError: if the whole gets too long.
        """
        self._left -= len(body)
        if self._left < 0:
            raise OverflowError
        self._lines += [f"def {name}({parameters}):", *(f"    {line}" for line in body)]

    def load(self) -> dict[str, object]:
        """Run it, and give what it defines by name."""
        exec(compile(self.text, "<prepared>", "exec"), self._namespace)  # noqa: S102 - see above
        for name, functions in self._tables:
            self._namespace[name] = {key: self._namespace[each] for key, each in functions}
        return self._namespace
