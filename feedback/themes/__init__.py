"""Themes: the codebook, the estimator, placing, what people do to themes, and whether they rise."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedback.themes.model import ThemeModel

__all__ = ["ThemeModel"]


def __getattr__(name: str) -> Any:
    """Load the estimator when it is asked for: pages that show themes need none of what it imports."""
    if name == "ThemeModel":
        from feedback.themes.model import ThemeModel

        return ThemeModel
    raise AttributeError(name)
