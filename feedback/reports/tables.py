"""Tables as files that a spreadsheet opens without executing anything."""

from __future__ import annotations

import io

import pandas as pd

# Enough for a share of one in a thousand.
DECIMALS = 3
# A cell that starts with one of these is a formula to Excel, LibreOffice and Google Sheets (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(value: object) -> object:
    """Make a cell harmless: text that a spreadsheet would read as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    if isinstance(value, list | tuple):
        return inert(", ".join(str(part) for part in value))
    return value


def _safe(table: pd.DataFrame) -> pd.DataFrame:
    safe = table.copy()
    for name in safe.columns:
        if pd.api.types.is_float_dtype(safe[name]):
            safe[name] = _readable(safe[name])
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].astype(object).map(inert)
    safe.columns = [str(inert(str(name))) for name in safe.columns]
    return safe


def _readable(column: pd.Series) -> pd.Series:
    """Leave out decimals that say nothing: a count of 84 is not 84,0, a grade of 6,99 not 6,992424242424242."""
    rounded = column.round(DECIMALS)
    finite = rounded.dropna()
    whole = bool((finite % 1 == 0).all()) and bool((finite.abs() < 2**53).all())
    return rounded.astype("Int64") if whole else rounded


def as_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that Dutch Excel opens with a double click: semicolons, decimal comma, UTF-8 with BOM."""
    return _safe(table).to_csv(index=False, sep=";", decimal=",", date_format="%Y-%m-%d").encode("utf-8-sig")


def as_xlsx(table: pd.DataFrame, sheet: str = "Klantpanel") -> bytes:
    """Write a table as an Excel workbook with one sheet and a fixed header row."""
    buffer = io.BytesIO()
    safe = _safe(table)
    for name in safe.columns:
        # Excel knows no time zones.
        if isinstance(safe[name].dtype, pd.DatetimeTZDtype):
            safe[name] = safe[name].dt.tz_convert(None)
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        safe.to_excel(writer, index=False, sheet_name=sheet[:31], freeze_panes=(1, 0))
    return buffer.getvalue()
