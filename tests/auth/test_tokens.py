import base64
import hmac
import json
import string
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xogql.auth.tokens import (
    AccessClaims,
    IntraClaims,
    Token,
    TokenExpiredError,
    TokenInvalidError,
    TokenKind,
    TokenRefusedError,
    Tokens,
)
from xogql.game.identity import GameId, PlayerId

ANN = PlayerId("player-01890a5d-ac96-774b-bcce-b302099a8057")
GAME = GameId("game-01890a5d-ac96-774b-bcce-b302099a8058")
SESSION = UUID("01890a5d-ac96-774b-bcce-b302099a8059")
TOKEN = UUID("01890a5d-ac96-774b-bcce-b302099a8060")
SECRET = "m1CpQkL0vZx7sYwEhT4uJ9aRdGf2bNoI-m1CpQkL0vZx7sYwEhT4uJ9aRdGf2bNoI"
OTHER = "Zt8xWq3nUe6vRy1oPi5aSd7fGh9jKl2c-Zt8xWq3nUe6vRy1oPi5aSd7fGh9jKl2c"
HEADER = {"alg": "HS256", "typ": "JWT"}
HOUR = timedelta(hours=1)
LEAP = timedelta(minutes=30)
NOW = datetime.now(UTC)

BASE64URL = string.ascii_letters + string.digits + "-_"
TOKENS = Tokens(SECRET, access_lifetime=HOUR, intra_lifetime=LEAP)
ACCESS = TOKENS.issue_access(ANN, SESSION, NOW)
INTRA = TOKENS.issue_intra(ANN, GAME, SESSION, TOKEN, NOW)
ISSUED = pytest.mark.parametrize("token", [ACCESS, INTRA], ids=["access", "intra"])

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def encoded(value: object) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(
    claims: object, header: object = HEADER, *, secret: str = SECRET, digest: str = "sha256"
) -> str:
    """Make a token by hand, so that it can say what a library would not."""
    body = f"{encoded(header)}.{encoded(claims)}"
    return f"{body}.{encoded(hmac.digest(secret.encode(), body.encode(), digest))}"


def claims_of(token: Token, **changes: object) -> dict[str, object]:
    body = token.value.split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return claims | changes


def header_of(token: Token) -> str:
    return f"{token.kind} {token.value}"


def refuses(authorization: str, tokens: Tokens = TOKENS) -> bool:
    with pytest.raises(TokenRefusedError) as refused:
        tokens.read(authorization)
    return type(refused.value) is TokenInvalidError and refused.value.code == "TOKEN_INVALID"


def test_an_access_token_names_a_player_and_a_session() -> None:
    assert TOKENS.read(header_of(ACCESS)) == AccessClaims(ANN, SESSION, ACCESS.expires_at)
    assert ACCESS.kind == "Bearer"
    assert ACCESS.expires_at == (NOW + HOUR).replace(microsecond=0)


def test_an_intratoken_names_a_player_in_one_game() -> None:
    claims = TOKENS.read(header_of(INTRA))

    assert claims == IntraClaims(ANN, GAME, SESSION, TOKEN, INTRA.expires_at)
    assert INTRA.kind == "Intra"
    assert INTRA.expires_at == (NOW + LEAP).replace(microsecond=0)


def test_the_claims_are_those_of_the_protocol() -> None:
    times = {"iat": int(NOW.timestamp()), "exp": int(ACCESS.expires_at.timestamp())}
    access = {"typ": "Bearer", "iss": "xogql", "aud": "xogql:access", "sub": ANN}
    intra = {"typ": "Intra", "aud": "xogql:intra", "gam": GAME, "sid": str(SESSION)}

    assert claims_of(ACCESS) == access | times | {"jti": str(SESSION)}
    times["exp"] = int(INTRA.expires_at.timestamp())
    assert claims_of(INTRA) == access | times | intra | {"jti": str(TOKEN)}


def test_a_token_shows_its_value_to_no_log() -> None:
    assert ACCESS.value not in repr(ACCESS)


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER ", "bEaReR    "])
def test_the_scheme_may_be_in_any_case_before_any_spaces(scheme: str) -> None:
    assert TOKENS.read(scheme + ACCESS.value) == TOKENS.read(header_of(ACCESS))


@ISSUED
@pytest.mark.parametrize(
    "form", ["{}", " Bearer {}", "Bearer{}", "Basic {}", "Bearer {} ", "Bearer\t{}"]
)
def test_any_other_form_is_refused(form: str, token: Token) -> None:
    assert refuses(form.format(token.value))


def test_neither_kind_passes_for_the_other() -> None:
    assert refuses(f"Intra {ACCESS.value}")
    assert refuses(f"Bearer {INTRA.value}")


@ISSUED
@pytest.mark.parametrize("mixed", ["typ", "aud"])
def test_neither_kind_passes_with_only_the_others_audience_or_type(
    token: Token, mixed: str
) -> None:
    other = claims_of(INTRA if token is ACCESS else ACCESS)[mixed]
    forged = signed(claims_of(token, **{mixed: other}))

    assert refuses(f"Bearer {forged}")
    assert refuses(f"Intra {forged}")


@ISSUED
def test_a_token_made_by_hand_as_ours_are_is_read(token: Token) -> None:
    assert TOKENS.read(f"{token.kind} {signed(claims_of(token))}") == TOKENS.read(header_of(token))


@pytest.mark.parametrize(
    ("token", "missing"),
    [(token, claim) for token in (ACCESS, INTRA) for claim in claims_of(token)],
)
def test_without_one_of_its_claims_a_token_is_refused(token: Token, missing: str) -> None:
    claims = claims_of(token)
    del claims[missing]

    assert refuses(f"{token.kind} {signed(claims)}")


@ISSUED
@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "eve"),
        ("iss", ["xogql"]),
        ("aud", "eve"),
        ("aud", ["xogql:access", "xogql:intra"]),
        ("aud", None),
        ("typ", "Basic"),
        ("typ", "bearer"),
        ("typ", None),
        ("sub", 7),
        ("sub", None),
        ("jti", 7),
        ("jti", "not a uuid"),
        ("exp", "tomorrow"),
        ("exp", str(2**40)),
        ("exp", 2.0**40),
        ("exp", 2**80),
        ("exp", float("inf")),
        ("exp", float("nan")),
        ("exp", None),
        ("exp", []),
        ("iat", "today"),
        ("iat", "7"),
        ("iat", 7.5),
        ("iat", None),
        ("iat", 2**40),
        ("nbf", 2**40),
    ],
)
def test_a_claim_of_another_value_or_type_is_refused(
    token: Token, claim: str, value: object
) -> None:
    assert refuses(f"{token.kind} {signed(claims_of(token, **{claim: value}))}")


@pytest.mark.parametrize("claim", ["gam", "sid"])
@pytest.mark.parametrize("value", [7, None, [], {}])
def test_a_game_or_session_that_is_no_text_is_refused(claim: str, value: object) -> None:
    assert refuses(f"Intra {signed(claims_of(INTRA, **{claim: value}))}")


@ISSUED
@pytest.mark.parametrize("alg", ["none", "None", "", None, "HS512", "RS256", "ES256", [], "hs256"])
@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_another_algorithm_is_refused(token: Token, alg: object, digest: str) -> None:
    forged = signed(claims_of(token), HEADER | {"alg": alg}, digest=digest)

    assert refuses(f"{token.kind} {forged}")
    assert refuses(f"{token.kind} {forged.rpartition('.')[0]}.")


@ISSUED
def test_no_algorithm_and_no_signature_are_refused(token: Token) -> None:
    assert refuses(f"{token.kind} {signed(claims_of(token), {'typ': 'JWT'})}")
    assert refuses(f"{token.kind} {token.value.rpartition('.')[0]}")


@ISSUED
@pytest.mark.parametrize("extra", [{"crit": ["exp"]}, {"b64": False, "crit": ["b64"]}, {"kid": 7}])
def test_a_header_that_asks_for_more_is_refused(token: Token, extra: dict[str, object]) -> None:
    assert refuses(f"{token.kind} {signed(claims_of(token), HEADER | extra)}")


@ISSUED
def test_what_is_over_is_told_from_what_is_wrong(token: Token) -> None:
    past = int((NOW - HOUR).timestamp())

    with pytest.raises(TokenExpiredError) as expired:
        TOKENS.read(f"{token.kind} {signed(claims_of(token, exp=past))}")

    assert expired.value.code == "TOKEN_EXPIRED"
    assert refuses(f"{token.kind} {signed(claims_of(token, exp=past), secret=OTHER)}")


def test_a_token_is_over_after_its_lifetime_and_the_leeway() -> None:
    tolerant = Tokens(SECRET, access_lifetime=HOUR, intra_lifetime=HOUR, leeway=HOUR)
    token = TOKENS.issue_access(ANN, SESSION, NOW - HOUR - LEAP)

    assert tolerant.read(header_of(token)) == AccessClaims(ANN, SESSION, token.expires_at)
    with pytest.raises(TokenExpiredError):
        TOKENS.read(header_of(token))


def test_a_token_from_the_future_is_refused() -> None:
    assert refuses(header_of(TOKENS.issue_access(ANN, SESSION, NOW + LEAP)))


@ISSUED
def test_another_secret_signs_nothing_for_us(token: Token) -> None:
    assert refuses(f"{token.kind} {signed(claims_of(token), secret=OTHER)}")


@ISSUED
def test_the_previous_secret_is_still_believed_but_signs_no_more(token: Token) -> None:
    rotated = Tokens(OTHER, access_lifetime=HOUR, intra_lifetime=HOUR, previous_secret=SECRET)
    after = Tokens(OTHER, access_lifetime=HOUR, intra_lifetime=HOUR)
    fresh = rotated.issue_access(ANN, SESSION, NOW)

    assert rotated.read(header_of(token)) == TOKENS.read(header_of(token))
    assert rotated.read(header_of(fresh)) == after.read(header_of(fresh))
    assert refuses(header_of(token), after)
    assert refuses(header_of(fresh))


def test_a_token_over_is_over_by_the_previous_secret_too() -> None:
    rotated = Tokens(OTHER, access_lifetime=HOUR, intra_lifetime=HOUR, previous_secret=SECRET)

    with pytest.raises(TokenExpiredError):
        rotated.read(header_of(TOKENS.issue_access(ANN, SESSION, NOW - 2 * HOUR)))


@ISSUED
def test_a_huge_token_is_refused_however_well_signed(token: Token) -> None:
    assert refuses(f"{token.kind} {signed(claims_of(token, padding='x' * 4096))}")


@ISSUED
@given(data=st.data())
def test_no_character_of_a_token_can_be_another(token: Token, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(token.value) - 1))
    other = data.draw(st.sampled_from(BASE64URL + ".=+/"))
    assume(token.value[place] != other)
    forged = token.value[:place] + other + token.value[place + 1 :]

    assert refuses(f"{token.kind} {forged}")


@ISSUED
@given(cut=st.integers(1, 400))
def test_no_token_can_be_cut_short(token: Token, cut: int) -> None:
    assert refuses(f"{token.kind} {token.value[:-cut]}")


@given(st.text() | st.builds("{} {}".format, st.sampled_from(TokenKind), st.text("a.-_é \n\ud800")))
def test_garbage_is_refused(garbage: str) -> None:
    assert refuses(garbage)


@given(header=st.binary(max_size=60) | json_values, claims=st.binary(max_size=60) | json_values)
def test_well_signed_garbage_is_refused(header: object, claims: object) -> None:
    assert refuses(f"Bearer {signed(claims)}")
    assert refuses(f"Bearer {signed(claims, header)}")


@given(st.dictionaries(st.sampled_from([*HEADER, "kid", "crit", "b64"]), json_values))
def test_no_header_is_a_failure_of_ours(changes: dict[str, object]) -> None:
    authorization = f"Bearer {signed(claims_of(ACCESS), HEADER | changes)}"
    try:
        claims = TOKENS.read(authorization)
    except TokenInvalidError:
        return

    assert claims == TOKENS.read(header_of(ACCESS))


@ISSUED
@given(changes=st.dictionaries(st.sampled_from(sorted(claims_of(INTRA))), json_values))
def test_no_claims_are_a_failure_of_ours(token: Token, changes: dict[str, object]) -> None:
    try:
        claims = TOKENS.read(f"{token.kind} {signed(claims_of(token, **changes))}")
    except TokenRefusedError:
        return

    assert claims.player_id == changes.get("sub", ANN)


def test_deeply_nested_parts_are_refused() -> None:
    deep = b"[" * 2900

    assert refuses(f"Bearer {encoded(deep)}.{encoded(b'{}')}.{encoded(b'0')}")
    assert refuses(f"Bearer {signed(deep)}")


def now_is(monkeypatch: pytest.MonkeyPatch, ahead: timedelta) -> None:
    """Have the clock be ahead of the machine's, or behind."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + ahead

    monkeypatch.setattr("xogql.auth.tokens.datetime", Clock)
    monkeypatch.setattr("jwt.api_jwt.datetime", Clock)


@ISSUED
@pytest.mark.parametrize(
    ("ahead", "refusal"), [(2 * HOUR, TokenExpiredError), (-HOUR, TokenInvalidError)]
)
def test_a_token_that_was_read_before_begins_and_ends_as_ever(
    token: Token,
    ahead: timedelta,
    refusal: type[TokenRefusedError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = Tokens(SECRET, access_lifetime=HOUR, intra_lifetime=LEAP)
    assert tokens.read(header_of(token)) == tokens.read(header_of(token))

    now_is(monkeypatch, ahead)
    with pytest.raises(refusal):
        tokens.read(header_of(token))

    now_is(monkeypatch, timedelta(0))
    assert tokens.read(header_of(token)).player_id == ANN
