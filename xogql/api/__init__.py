"""GraphQL: parse, authorize, call, present. No rule lives here."""
