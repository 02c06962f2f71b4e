"""One way to write JSON, for plans and for what graphql-core has executed."""

import json
from json.encoder import encode_basestring as quoted

import orjson

__all__ = ["quoted", "serialized"]


def serialized(value: object) -> bytes:
    r"""Write JSON: compact, in raw UTF-8.

    What orjson refuses (half of a surrogate pair, a number of more than 64 bits, a key that is no
    string) the standard library writes, in ASCII.

    >>> serialized({"name": "Zoë", "moves": [1, None]}).decode()
    '{"name":"Zoë","moves":[1,null]}'
    >>> serialized({"half": chr(0xD800)})
    b'{"half":"\\ud800"}'
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()
