"""What every theme does to the grade: how far the people who spoke about it pull the mean down or up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from feedback.charts import palette
from feedback.i18n import Language, number, translator

ROW_HEIGHT = 26
# Streamlit counts the axis in.
AROUND = 44


def spec(table: pd.DataFrame, language: Language) -> dict[str, Any]:
    """Describe the bars.

    Parameters
    ----------
    table : DataFrame
        theme (key), theme_name, pull, n_with, grade_with, n_without, without, low, high, clear and clear_name; in the order to show. See
        `scores.importance.drivers`.
    language : {"nl", "en"}

    Returns
    -------
    dict
        Vega-Lite; bars are clickable, told by theme. Faint: noise.
    """
    t = translator(language)
    far = max(float(table["pull"].abs().max()) if len(table) else 0.0, 0.05) * 1.1
    x = {
        "field": "pull", "type": "quantitative", "title": None, "scale": {"domain": [-far, far], "nice": False},
        "axis": {"format": "+.2f", "tickCount": 5, "grid": True},
    }  # fmt: skip
    names = {"labelPadding": 6, "labelOverlap": False, "labelLimit": {"expr": "containerSize()[0] < 480 ? 130 : 250"}}
    y = {"field": "theme_name", "type": "nominal", "sort": list(table["theme_name"]), "title": None, "axis": names}
    tooltip = [
        {"field": "theme_name", "title": t("charts.theme")},
        {"field": "grade_with", "title": t("columns.grade_with"), "format": ".1f"},
        {"field": "n_with", "title": t("columns.n_with"), "format": ",d"},
        {"field": "without", "title": t("columns.without"), "format": ".2f"},
        {"field": "low", "title": t("charts.low"), "format": ".2f"},
        {"field": "high", "title": t("charts.high"), "format": ".2f"},
        {"field": "n_without", "title": t("columns.n_without"), "format": ",d"},
        {"field": "pull", "title": t("columns.pull"), "format": "+.2f"},
        {"field": "clear_name", "title": t("columns.clear_name")},
    ]
    colour = {"condition": {"test": "datum.pull < 0", "value": palette.TONES["neg"]}, "value": palette.TONES["pos"]}
    faint = {"condition": {"test": "datum.clear", "value": 1}, "value": 0.35}
    bar = {"type": "bar", "cornerRadius": 2, "height": 14, "cursor": "pointer"}
    return palette.base(
        language,
        height=ROW_HEIGHT * max(len(table), 1) + AROUND,
        params=palette.pick("theme", view="themes"),
        encoding={"y": y, "tooltip": tooltip},
        layer=[{"name": "themes", "mark": bar, "encoding": {"x": x, "color": colour, "opacity": faint}}],
    )


def alt(table: pd.DataFrame, language: Language) -> str:
    """Tell what the bars show: the theme that pulls the grade down most, and that pulls it up most."""
    t = translator(language)
    if table.empty:
        return t("charts.nothing")
    down, up = table.iloc[int(table["pull"].argmin())], table.iloc[int(table["pull"].argmax())]
    return t(
        "services.drivers_alt", down=down["theme_name"], by=number(down["pull"], language, 2), up=up["theme_name"],
        gain=number(up["pull"], language, 2),
    )  # fmt: skip
