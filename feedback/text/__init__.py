"""Pure functions of text: language, tokens, vectors, sentiment, masking. No database, no screen."""
