"""A multiplayer XO (m,n,k) game server: GraphQL in, events in Postgres, subscriptions out."""
