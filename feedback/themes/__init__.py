"""Themes: the codebook, the estimator, placing, what people do to themes, and whether they rise."""
