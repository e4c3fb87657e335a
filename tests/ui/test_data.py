"""What pages keep of one state of the data when the next one comes."""

import pytest
from sqlalchemy import Engine

from feedback.store import audit
from feedback.store.engine import writing
from feedback.ui.data import Snapshot, drop_frames, snapshot


def after(engine: Engine, entity: str) -> Snapshot:
    with writing(engine) as session:
        audit.record(session=session, actor="Anna", act="move", entity=entity)
    return snapshot()


@pytest.mark.parametrize(("entity", "kept"), [("theme", True), ("remark", True), ("batch", False)])
def test_a_correction_reads_only_what_it_can_have_touched(app_db: Engine, entity: str, kept: bool) -> None:
    drop_frames()
    before = snapshot()
    scores, remarks = before.scores, before.remarks
    now = after(app_db, entity)
    assert now is not before
    assert (now.scores is scores) == kept
    assert now.remarks is not remarks
