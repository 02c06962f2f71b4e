"""GraphQL over HTTP: each request is a POST of a document and its variables."""

import json

import httpx

from xogql.demo.documents import Document
from xogql.demo.obstacle import UnexpectedError, patience
from xogql.demo.outcome import result_of
from xogql.demo.readable import Json, excerpt
from xogql.demo.transcript import Transcript


class HttpClient:
    """Asks the server at *url* on behalf of *who*."""

    def __init__(self, who: str, url: str, http: httpx.AsyncClient, transcript: Transcript) -> None:
        self._who = who
        self._url = f"{url}/graphql"
        self._http = http
        self._transcript = transcript

    async def ask(
        self, document: Document, variables: Json, authorization: str | None = None
    ) -> Json:
        """Send one operation and give its result; *authorization* is a token with its type.

        Raises:
            ObstacleError: if there is no result.
        """
        headers = {} if authorization is None else {"Authorization": authorization}
        body = {"query": document.text, "variables": variables}
        self._transcript.sent(self._who, f"HTTP POST {self._url}", body, document, headers)
        async with patience(f"{self._who}'s {document.field} over HTTP"):
            response = await self._http.post(self._url, json=body, headers=headers)
        answer = _json(self._who, response)
        self._transcript.received(self._who, f"HTTP {response.status_code}", answer)
        return result_of(self._who, document, answer)


def _json(who: str, response: httpx.Response) -> Json:
    try:
        answer = response.json()
    except json.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        told = f"HTTP {response.status_code} {excerpt(response.text)}"
        raise UnexpectedError(who=who, expected="a JSON object", told=told)
    return answer
