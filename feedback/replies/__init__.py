"""Answers that are kept: what was said to customers about a theme or a savings idea, by when, and whether it held."""
