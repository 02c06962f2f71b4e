'''GraphQL operations, compiled to plans that write JSON.

graphql-core interprets a document anew for each execution. Here a document is compiled once, and
executing it is then little more than reading attributes and joining text: what took a hundred
microseconds takes a few. graphql-core stays the judge: whatever is not plainly right while a plan
runs is left to it, and what it decides is the answer.

    Compiler(schema, bindings).plan(document)  a plan, or UnknownError: nothing to be done here
    plan.execute(context, variables)           bytes, or an ExecutionResult of graphql-core's
    Plans(compiler).find(text, document)       plans by text, bounded in number and in rate

Bindings tell what a schema's types and fields are in Python, which a schema cannot say:

>>> import asyncio
>>> from dataclasses import dataclass
>>> from graphql import GraphQLResolveInfo, build_schema, parse
>>> from xogql.prepared import Attribute, Call, Compiler

>>> @dataclass
... class Player:
...     name: str
...     wins: int

>>> async def player(_root: None, name: str) -> Player:
...     return Player(name, wins=3)

>>> schema = build_schema("""
...     type Player { name: String! wins: Int! }
...     type Query { player(name: String!): Player }
... """)
>>> schema.query_type.fields["player"].resolve = lambda root, _info, name: player(root, name)

>>> class PlayersBindings:
...     def object_class(self, kind):
...         return {"Player": Player}.get(kind.name)
...     def told_by_class(self, kind):
...         return False
...     def way_to(self, parent, name):
...         if parent.name == "Query":
...             return Call(player, is_async=True, arguments={"name": "name"})
...         return Attribute(name)
...     def input_class(self, kind):
...         return None

>>> document = parse("query ($who: String!) { player(name: $who) { wins called: name } }")
>>> plan = Compiler(schema, PlayersBindings()).plan(document)
>>> asyncio.run(plan.execute(context=None, variables={"who": "Zoë"})).decode()
'{"data":{"player":{"wins":3,"called":"Zoë"}}}'

Where something is wrong, graphql-core says what:

>>> asyncio.run(plan.execute(context=None, variables={"who": 5})).errors[0].message
"Variable '$who' has invalid value: String cannot represent a non string value: 5"

The parts, from below: `doubt`, `bindings`, `serialization`; `leaves`, `coercion`, `selections`;
`arguments`, `variables`; `holes`, `roots`, `judge`; `source`, `emitters`; `plan`, `following`;
`compiler`; `plans`.
'''

from xogql.prepared.bindings import Attribute, Bindings, Call, InputClass, Way
from xogql.prepared.compiler import Compiler
from xogql.prepared.doubt import DoubtError, UnknownError
from xogql.prepared.following import Following, Subscription, Writer
from xogql.prepared.plan import Answer, Plan
from xogql.prepared.plans import Allowance, Plans
from xogql.prepared.serialization import serialized

__all__ = [
    "Allowance",
    "Answer",
    "Attribute",
    "Bindings",
    "Call",
    "Compiler",
    "DoubtError",
    "Following",
    "InputClass",
    "Plan",
    "Plans",
    "Subscription",
    "UnknownError",
    "Way",
    "Writer",
    "serialized",
]
