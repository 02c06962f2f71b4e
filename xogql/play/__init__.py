"""Use cases: the rules meet the log."""
