"""A room over real HTTP whose server is killed while people send; `python -m tests.speed.room` does the same with 150 phones."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.speed import room


def test_a_killed_server_loses_and_doubles_nothing_that_was_confirmed(empty_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(empty_file, tmp_path / "panel.db")
    result = room.run(
        f"sqlite:///{(tmp_path / 'panel.db').as_posix()}", tmp_path, phones=12, each=3, seconds=4, kill=True
    )
    assert len(result.confirmed) == len(set(result.confirmed)) == 36
    assert (result.lost, result.doubled, sum(result.stored.values())) == (0, 0, 36)
    # Somebody was cut off, and everybody went on as the person they were.
    assert result.again > 0 and result.people == 12
