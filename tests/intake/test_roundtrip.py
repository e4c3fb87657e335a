"""Any table that pandas or openpyxl writes comes back the same."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.intake.clean import clean
from feedback.intake.read import read
from tests.intake.files import xlsx

SEPARATORS = ";,\t|"
# What a Dutch survey holds, and what tempts a reader of tables.
WESTERN = st.text(st.sampled_from("abcdeXYZ 0123456789éëïöüçñ€'’\".,;:|\t-+=@#?!()\n/"), max_size=25)
ANY = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from('\n\t;,"'), max_size=25
)
NAMES = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéë ?"), min_size=2, max_size=14).map(str.strip)


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> pd.DataFrame:
    names = draw(st.lists(NAMES.filter(lambda name: len(name) > 1), min_size=1, max_size=5, unique_by=str.casefold))
    names = [" ".join(f"kolom {name}".split()) for name in names]
    rows = draw(st.lists(st.tuples(*[cells] * len(names)), min_size=1, max_size=8))
    # A row that is blank all over, or a lone total, is nobody's answer; a table has at least one full row.
    full = tuple(f"vol {i}" for i in range(len(names)))
    return pd.DataFrame([full, *rows, full], columns=names)


def same(cell: str) -> str:
    return clean(cell).strip()


def expected(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return [tuple(same(cell) for cell in row) for row in frame.itertuples(index=False)]


def filled(rows: object) -> list[tuple[str, ...]]:
    return [row for row in rows if any(row)]  # type: ignore[attr-defined]


@settings(max_examples=300)
@given(
    tables(WESTERN),
    st.sampled_from(SEPARATORS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_csv_file_with_any_separator_and_encoding(frame, separator, encoding, line, quoted):
    if encoding == "cp1252" and _is_utf8(frame):
        return
    text = frame.to_csv(sep=separator, index=False, lineterminator=line, quoting=1 if quoted else 0)
    table = read("x.csv", text.encode(encoding), max_mb=5).table
    assert table is not None
    assert table.header == tuple(frame.columns)
    assert filled(table.rows) == filled(expected(frame))


def _is_utf8(frame: pd.DataFrame) -> bool:
    """Tell the rare cp1252 bytes that are letters in UTF-8 too, and mean those to every reader."""
    data = frame.to_csv().encode("cp1252")
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


@settings(max_examples=150)
@given(tables(ANY), st.sampled_from(SEPARATORS), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_csv_file_in_any_script(frame, separator, encoding):
    text = frame.to_csv(sep=separator, index=False)
    table = read("x.csv", text.encode(encoding), max_mb=5).table
    assert table is not None
    assert filled(table.rows) == filled(expected(frame))


@settings(max_examples=25)
@given(tables(ANY.filter(lambda text: not text.startswith("="))), st.integers(0, 3))
def test_a_workbook_with_titles_above_it(frame, titles):
    rows = [[f"Titel {i}"] for i in range(titles)] if len(frame.columns) > 1 else []
    data = xlsx({"Blad": [*rows, list(frame.columns), *map(list, frame.itertuples(index=False))]})
    table = read("x.xlsx", data, max_mb=5).table
    assert table is not None
    assert table.header == tuple(frame.columns) and table.first_row == len(rows) + 2
    assert filled(table.rows) == filled(expected(frame))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_pandas_own_encodings(encoding, tmp_path):
    frame = pd.DataFrame({"Opmerking": ["Café €5", "naïef"], "Cijfer": [7.5, 8.0]})
    path = tmp_path / "x.csv"
    frame.to_csv(path, sep=";", decimal=",", index=False, encoding=encoding)
    table = read("x.csv", path.read_bytes(), max_mb=5).table
    assert table is not None and table.rows == (("Café €5", "7,5"), ("naïef", "8,0"))


@settings(max_examples=200)
@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.xlsx", "x.txt", ""]))
def test_no_bytes_break_the_reader(data, name):
    from feedback.i18n import UserError
    from feedback.intake.take import take

    if data.startswith((b"PK", b"\xd0\xcf")):
        return
    try:
        take(read(name, data, max_mb=5))
    except UserError as error:
        assert error.key.startswith("intake.error.")
