"""Every shape of file that survey tools and people hand over, through what `python -m feedback import --json` does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback import summary
from tests.intake import answers, exports, found, odd, sheets
from tests.intake.exports import Told

FILES: dict[str, Told | Callable[[], Told]] = {
    **exports.FILES,
    **sheets.FILES,
    **answers.FILES,
    **odd.FILES,
    **{f"found-{name}": made for name, made in found.FILES.items()},
}
WISHES = summary.Wishes("nl", dry_run=True)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_understood_as_a_person_would(name: str, app_db: object) -> None:
    made = FILES[name]
    told = made if isinstance(made, Told) else made()
    result = summary.import_one(name, told.data, WISHES)
    assert result["status"] == told.status, result["message"]
    assert told.said in result["message"]
    columns = result["columns"]
    assert result["rows"] == told.rows
    assert told.notes in (None, result["notes"])
    assert told.text in (None, tuple(columns["text"]))
    scores = {one["column"]: (*one["scale"], one["best"], one["n"], one["sum"]) for one in columns["score"]}
    assert scores == told.scores
    assert told.date in (None, tuple((columns["date"] or {}).values()))
    for role in ("organisation", "area", "member", "level"):
        assert columns[role] == told.roles.get(role)
    assert told.dropped in (None, tuple((drop["row"], drop["column"]) for drop in result["dropped"]))
