"""Every shape of file that issue trackers, survey tools and people hand over, through the command line as a script would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from feedback import pipeline, summary
from feedback.text.empty import is_empty
from tests.intake import answers, exports, sheets
from tests.intake.exports import Told
from tests.intake.files import AREAS

FILES = {**exports.FILES, **sheets.FILES, **answers.FILES}


@pytest.fixture(autouse=True)
def without_themes(monkeypatch: pytest.MonkeyPatch, app_db: object) -> None:
    """Leave out what is the same for every file, and slow."""
