"""An operation that is ready to run: a query or a mutation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graphql import ExecutionResult

from xogql.prepared.arguments import Keywords
from xogql.prepared.doubt import DoubtError, UnknownError
from xogql.prepared.holes import MARK, Run, abandon, filled
from xogql.prepared.judge import Judge
from xogql.prepared.roots import Outcome, Record, Root
from xogql.prepared.variables import Variables

Answer: TypeAlias = bytes | ExecutionResult
"""JSON text of a result without errors, or a result of graphql-core's."""

Given: TypeAlias = Mapping[str, object]
"""Variables as a client sends them."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An operation with its flags decided.

    *is_impersonal*: whether all below the root is the same for every context.
    """

    roots: Sequence[Root]
    arguments: Sequence[Keywords]
    is_impersonal: bool
    has_nested_arguments: bool


@dataclass(slots=True)
class Operation:
    """What plans of all kinds have.

    *flags*: the variables of @skip and @include; *compile*: makes a variant when it is first asked
    for; *doubts*: how often the judge was asked.
    """

    judge: Judge
    variables: Variables
    flags: Sequence[str]
    compile: Callable[[Mapping[str, object]], Variant]
    doubts: int = 0
    _variants: dict[tuple[object, ...], Variant | None] = field(default_factory=dict)

    def begin(self, context: object, given: Given) -> tuple[Run, Variant]:
        """Coerce variables and arguments, and choose the variant.

        Raises:
            DoubtError: if they are not plainly right; other errors say the same.
        """
        values = self.variables.coerced(given)
        flags = tuple([values[each] for each in self.flags]) if self.flags else ()
        variant = self._variants.get(flags) or self.choose(flags)
        return Run(context, [made(values) for made in variant.arguments]), variant

    def choose(self, flags: tuple[object, ...]) -> Variant:
        """Give the variant for these flags, compiled if it is not yet.

        Raises:
            DoubtError: if they are no Booleans.
            UnknownError: if it must be left to graphql-core.
        """
        if any(each is not True and each is not False for each in flags):
            raise DoubtError(flags)
        if flags not in self._variants:
            self._variants[flags] = None
            self._variants[flags] = self.compile(dict(zip(self.flags, flags, strict=True)))
        variant = self._variants[flags]
        if variant is None:
            raise UnknownError(flags)
        return variant


@dataclass(frozen=True, slots=True)
class Plan:
    """A query or a mutation. *serial*: each field at the root waits for the one before."""

    operation: Operation
    serial: bool

    async def execute(self, context: object, variables: Given) -> Answer:
        """Carry it out. The resolvers at the root are asked once, whatever happens."""
        record: Record = {}
        run: Run | None = None
        try:
            run, variant = self.operation.begin(context, variables)
            roots = variant.roots
            if self.serial or len(roots) == 1:
                return await _serially(roots, run, record)
            return await _together(roots, run, record)
        except Exception:  # noqa: BLE001 - whatever it is, the judge says it
            if run is not None:
                abandon(run)
            self.operation.doubts += 1
        return await self.operation.judge.execute(context, variables, record)


async def _serially(roots: Sequence[Root], run: Run, record: Record) -> bytes:
    text, separator = '{"data":{', ""
    for root in roots:
        value: Any = None
        if root.call is not None:
            try:
                value = root.call(run)
                if root.is_async:
                    value = await value
            except Exception as error:
                record[root.key] = Outcome(None, error, root.is_async)
                raise
            record[root.key] = Outcome(value, None, root.is_async)
        text += separator + root.head + root.complete(value, run)
        if run.holes:
            text = await filled(text, run)
        separator = ","
    return f"{text}}}}}".encode()


async def _together(roots: Sequence[Root], run: Run, record: Record) -> bytes:
    """Ask in order; those that must be waited for leave holes, as fields below the root do."""
    texts = []
    for root in roots:
        value = root.start(run, record)
        if root.is_async:
            run.holes.append((root.finish(value, record), root.complete))
            texts.append(root.head + MARK)
        else:
            texts.append(root.head + root.complete(value, run))
    return (await filled(f'{{"data":{{{",".join(texts)}}}}}', run)).encode()
