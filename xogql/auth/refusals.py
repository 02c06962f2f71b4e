"""Why somebody is not let in.

AuthError
├── AuthRefusedError             answered as data: what a sign-up or a login can come to
│   ├── UsernameNotAllowedError  choosing a name outside the policy
│   ├── PasswordNotAllowedError  choosing a password outside the policy
│   ├── UsernameTakenError       choosing another's name
│   ├── WrongCredentialsError    logging in with an unknown name or a wrong password
│   └── TooManyAttemptsError     guessing, signing up or renaming too fast
├── TokenRefusedError            an error of the whole request (see tokens)
│   ├── TokenExpiredError        a good token that is over: log in, or ask for another
│   └── TokenInvalidError        anything else that is no token of ours
└── OverloadedError              more passwords wait to be checked than should (see passwords)
"""

import re
from collections.abc import Sequence
from typing import ClassVar


class AuthError(Exception):
    """Somebody is not let in."""

    code: ClassVar[str]
    message: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Take the code from the class's name and the message from its docstring."""
        words = re.findall(r"[A-Z][a-z]*", cls.__name__.removesuffix("Error"))
        cls.code = "_".join(words).upper()
        cls.message = cls.__doc__ or cls.code

    def __str__(self) -> str:
        return self.message


class AuthRefusedError(AuthError):
    """This sign-up or login is refused."""


class UsernameNotAllowedError(AuthRefusedError):
    """A username has 3 to 24 characters: letters from A to Z, digits, `_` and `-`."""


class PasswordNotAllowedError(AuthRefusedError):
    """A password has 8 to 256 characters."""


class UsernameTakenError(AuthRefusedError):
    """This username is taken."""

    def __init__(self, suggestions: Sequence[str] = ()) -> None:
        super().__init__(suggestions)
        self.suggestions = suggestions
        """Usernames like it that nobody had a moment ago."""


class WrongCredentialsError(AuthRefusedError):
    """The username or the password is wrong."""


class TooManyAttemptsError(AuthRefusedError):
    """Too many attempts: wait before you try again."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        """Seconds from now, at least 1."""
