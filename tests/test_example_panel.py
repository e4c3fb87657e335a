"""The example panel is invented: no remark borrows from another."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

from feedback.demo import FOLDER

RUN = 5


def test_no_two_remarks_share_five_words_in_a_row() -> None:
    seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        for number, row in enumerate(rows[1:], start=2):
            for at, cell in enumerate(row):
                words = re.findall(r"[^\W\d_]+", cell.casefold())
                # The heading over an agenda point is no remark.
                if rows[0][at] == "agendapunt":
                    continue
                for start in range(len(words) - RUN + 1):
                    seen[tuple(words[start : start + RUN])].add(f"{path.name}:{number}:{at}")
    assert {" ".join(run): sorted(where) for run, where in seen.items() if len(where) > 1} == {}
