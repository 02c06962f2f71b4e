"""The log: one table of events, appended to and read, never changed."""
