"""The two ways out of this package: before an operation runs, and while it does."""


class UnknownError(Exception):
    """The compiler does not know how to do this exactly as graphql-core does."""


class DoubtError(Exception):
    """A value is not plainly right: graphql-core shall judge it."""
