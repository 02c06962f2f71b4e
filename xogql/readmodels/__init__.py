"""Answers that folding one stream cannot give; made from the log, and made again at will."""
