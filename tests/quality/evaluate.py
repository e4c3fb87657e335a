"""Print the quality table: ``python -m tests.quality.evaluate [section ...]``; ``make evaluate`` prints all of it.

Figures of `panel_dev` and of the product's own set `own` stand beside those of public sets from other domains.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator

from tests.quality import annotations, themes
from tests.quality.sets import folder

SECTIONS: dict[str, Callable[[], Iterator[tuple[str, str, str, str]]]] = {
    "themes": themes.themes,
    "teaching": themes.teaching,
    "correcting": themes.correcting,
    "short": themes.short,
    "stability": themes.stability,
    "areas": annotations.areas,
    "sentiment": annotations.moods,
    "savings": annotations.savings,
    "facts": annotations.small_facts,
    "masking": annotations.masking,
    "cutting": annotations.cutting,
    "speed": themes.speed,
}


def main(wanted: list[str]) -> int:
    """Print the sections asked for, or all."""
    warnings.filterwarnings("ignore")
    if unknown := set(wanted) - SECTIONS.keys():
        print(f"no such section: {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
        return 2
    if not folder().exists():
        print(
            f"{folder()} is not there: only the product's own set is measured. Point KLANTPANEL_EVAL_DATA to the sets."
        )
    print(f"| {'what':58} | {'reached':>14} | {'to reach':>9} | {'TF-IDF + k-means':>16} |")
    print(f"| {'-' * 58} | {'-' * 13}: | {'-' * 8}: | {'-' * 15}: |")
    for section in wanted or SECTIONS:
        for what, reached, target, reference in SECTIONS[section]():
            print(f"| {what:58} | {reached:>14} | {target:>9} | {reference:>16} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
