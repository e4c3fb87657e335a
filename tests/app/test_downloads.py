"""The data of a chart leaves with names that people read."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.access.identity import user_without_sign_in
from feedback.i18n import Language
from feedback.ui.page import Page
from feedback.ui.parts import readable


@pytest.mark.parametrize(("lang", "names"), [("nl", ["Thema", "Opmerkingen"]), ("en", ["Theme", "Remarks"])])
def test_columns_have_names_and_keys_stay_behind(lang: Language, names: list[str]) -> None:
    table = pd.DataFrame({"theme": ["ict-x"], "theme_name": ["Inloggen"], "area_at": [0], "remarks": [3]})
    shown = readable(Page(key="test", lang=lang, user=user_without_sign_in()), table)
    assert list(shown.columns) == names
    assert shown.iloc[0].tolist() == ["Inloggen", 3]
