"""The jobs on a file that need no database: themes and annotations, one output row for each input row; reading a codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pandas as pd

from feedback.areas.assign import AreaModel
from feedback.areas.frame import load_frame
from feedback.i18n import UserError, as_language
from feedback.intake.delimited import below, column_in, decode, grid
from feedback.intake.kinds import kind_of
from feedback.intake.read import file_name
from feedback.intake.workbook import sheets
from feedback.savings.spot import spot
from feedback.settings import settings
from feedback.text.empty import is_empty
from feedback.text.handover import is_handover
from feedback.text.language import detect
from feedback.text.masking import mask
from feedback.text.sentiment import sentiment
from feedback.themes.codebook import Codebook
from feedback.themes.codebook_table import Row, as_codebook
from feedback.themes.codebook_table import read_rows as entry_rows
from feedback.themes.model import ThemeModel

FACTS = (
    "language", "masked", "sentiment", "area", "area2", "aspect", "saving", "saving_eur", "handover", "empty",
)  # fmt: skip


def read_rows(path: Path, column: str) -> pd.DataFrame:
    """Read id and text of every row of a CSV.

    Parameters
    ----------
    path : Path
        UTF-8 (with or without BOM) or, failing that, cp1252; comma, semicolon, tab or bar.
    column : str
        The column with the text, as the header names it; capitals do not matter.

    Returns
    -------
    DataFrame
        id (the input's own `id` column, else the row number from 0) and text (str, "" where missing).

    Raises
    ------
    UserError
        When the file cannot be read or has no such column.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("files.error.unreadable", file=str(path), reason=error.strerror or str(error)) from error
    text = decode(path.name, data)
    if not text.strip():
        raise UserError("files.error.empty", file=str(path))
    header, body = below(text, column)
    at = column_in(header, column)
    if at is None:
        raise UserError("files.error.no_column", file=str(path), column=column, columns=", ".join(header))
    ids = column_in(header, "id")
    return pd.DataFrame(
        {
            "id": [row[ids] if ids is not None and ids < len(row) else str(n) for n, row in enumerate(body)],
            "text": [row[at] if at < len(row) else "" for row in body],
        }
    )


def _write(table: pd.DataFrame, path: Path) -> None:
    try:
        table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise UserError("files.error.unwritable", file=str(path), reason=error.strerror or str(error)) from error


def read_codebook(filename: str, data: bytes) -> list[Row]:
    """Read the rows of a codebook: CSV with any separator, or the first sheet of a workbook.

    Parameters
    ----------
    filename : str
        As the person knows it.
    data : bytes

    Returns
    -------
    list of Row

    Raises
    ------
    UserError
        When the file cannot be read, or names no entries.
    """
    name, limit = file_name(filename), settings().max_upload_mb
    if len(data) > limit * 1_000_000:
        raise UserError("intake.error.too_large", file=name, size=-(-len(data) // 1_000_000), limit=limit)
    if kind_of(name, data) == "workbook":
        found = sheets(name, data)
        return entry_rows(found[0][1] if found else [])
    text = decode(name, data)
    return entry_rows(grid(text)[0] if text.strip() else [])


def _codebook(path: Path) -> Codebook:
    try:
        if path.suffix.lower() in (".csv", ".xlsx"):
            return as_codebook(read_codebook(path.name, path.read_bytes()))
        return Codebook.load(path)
    except (OSError, ValueError, UserError) as error:
        reason = error.message(as_language(settings().language)) if isinstance(error, UserError) else str(error)
        raise UserError("files.error.codebook", file=str(path), reason=reason) from error


def theme_file(path: Path, column: str, out: Path, *, n_themes: int | None = None, codebook: str = "default") -> None:
    """Write id, theme, label, strength for every row.

    Parameters
    ----------
    path, column
        See `read_rows`.
    out : Path
    n_themes : int, optional
        Exactly so many, where the file has that many distinct texts.
    codebook : str
        "default", "none", or the path of a codebook: YAML, or CSV or XLSX as the app exports it.

    Raises
    ------
    UserError
        When a file cannot be used.
    """
    if n_themes is not None and n_themes < 1:
        raise UserError("files.error.n_themes", n_themes=str(n_themes))
    rows = read_rows(path, column)
    book: Codebook | Literal["default"] | None = "default"
    if codebook == "none":
        book = None
    elif codebook != "default":
        book = _codebook(Path(codebook))
    texts = ["" if is_empty(text) else text for text in rows["text"]]
    model = ThemeModel(n_themes=n_themes, codebook=book).fit(texts)
    # A codebook's label has both languages; the file gets the product's first.
    labels = {theme.key: theme.label if isinstance(theme.label, str) else theme.label["nl"] for theme in model.themes_}
    table = pd.DataFrame({"id": rows["id"], "theme": model.labels_})
    table["label"] = table["theme"].map(labels).fillna("")
    table["strength"] = [f"{strength:.4f}" for strength in model.strengths_]
    _write(table, out)


def annotate_file(path: Path, column: str, out: Path) -> None:
    """Write what each row says by itself.

    Parameters
    ----------
    path, column
        See `read_rows`.
    out : Path
        Gets id and FACTS.

    Raises
    ------
    UserError
        When a file cannot be used.
    """
    rows = read_rows(path, column)
    areas, aspects = load_frame()
    distinct = list(dict.fromkeys(rows["text"]))
    places = AreaModel(areas=areas, aspects=aspects, codebook=Codebook.load()).predict(distinct)
    facts: dict[str, dict[str, object]] = {}
    for text, place in zip(distinct, places.to_dict("records"), strict=True):
        empty = is_empty(text)
        language = detect(text)
        reading: Literal["nl", "en"] = "en" if language == "en" else "nl"
        saving = spot(text, reading)
        facts[text] = {
            "language": language,
            "masked": mask(text).text,
            "sentiment": "neu" if empty else sentiment(text, reading).label,
            "area": "algemeen" if empty else place["area"],
            "area2": "" if empty else place["area2"],
            "aspect": "overig" if empty else place["aspect"],
            "saving": "yes" if saving.is_saving and not empty else "no",
            "saving_eur": f"{saving.eur:g}" if saving.is_saving and saving.eur is not None and not empty else "",
            "handover": "yes" if not empty and is_handover(text, reading) else "no",
            "empty": "yes" if empty else "no",
        }
    table = pd.DataFrame([facts[text] for text in rows["text"]], columns=FACTS)
    table.insert(0, "id", rows["id"])
    _write(table, out)
