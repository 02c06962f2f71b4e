"""Documents that are named by their hash: those trusted beforehand, and those clients register.

Trusted documents: GraphQL over HTTP, appendix A (`documentId`). Registering: Apollo's automatic
persisted queries (`extensions.persistedQuery`), which urql sends too.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cachetools import LRUCache

from xogql.api.operation_errors import OperationError

REGISTERED = 1000
_PREFIX = "sha256:"


class Persisted:
    """Finds the text of a request's document.

    *trusted*: texts by id; with *trusted_only*, no other text is executed.
    """

    def __init__(self, trusted: Mapping[str, str], *, trusted_only: bool = False) -> None:
        self._trusted = {_key(name): text for name, text in trusted.items()}
        self._texts = frozenset(self._trusted.values())
        self._trusted_only = trusted_only
        self._registered: LRUCache[str, str] = LRUCache(REGISTERED)

    def text(
        self, query: str | None, document_id: str | None, extensions: Mapping[str, Any] | None
    ) -> str:
        """Give the text that a request means.

        Raises:
            OperationError: if it means none, one that is not known, or one that is not trusted.
        """
        if query is not None and document_id is None and not extensions:
            text = query
        else:
            text = self._meant(query, document_id, extensions or {})
        if self._trusted_only and text not in self._texts:
            raise OperationError("DOCUMENT_NOT_TRUSTED", "This server runs trusted documents only.")
        return text

    def _meant(
        self, query: str | None, document_id: str | None, extensions: Mapping[str, Any]
    ) -> str:
        match document_id, extensions.get("persistedQuery"):
            case str(name), _:
                return self._found(_key(name), "DOCUMENT_NOT_FOUND", "There is no such document.")
            case None, {"sha256Hash": str(digest)}:
                return self._persisted(query, digest.lower())
            case _ if query is not None:
                return query
            case _:
                raise OperationError("BAD_REQUEST", "Send query, or documentId.")

    def _persisted(self, query: str | None, digest: str) -> str:
        if query is None:
            # Apollo and urql know this message and send the text then.
            return self._found(digest, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        if sha256(query.encode(errors="surrogatepass")).hexdigest() != digest:
            raise OperationError("BAD_REQUEST", "sha256Hash is not the hash of query.")
        if not self._trusted_only:
            self._registered[digest] = query
        return query

    def _found(self, key: str, code: str, message: str) -> str:
        text = self._trusted.get(key) or self._registered.get(key)
        if text is None:
            raise OperationError(code, message)
        return text


def _key(name: str) -> str:
    return name.removeprefix(_PREFIX).lower()
