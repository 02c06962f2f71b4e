"""Who asks: sign-up, login, tokens, and how fast somebody may guess."""
