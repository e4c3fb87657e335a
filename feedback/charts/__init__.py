"""Charts as pure functions: a frame and a language become a Vega-Lite spec, and words for who cannot see."""
