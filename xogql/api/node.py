"""Things with an id of their own."""

import strawberry


@strawberry.interface
class Node:
    """A thing that can be fetched again by its id."""

    id: strawberry.ID = strawberry.field(description="Its id, unique among all things.")
