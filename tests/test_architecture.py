"""The one-page picture of the house stays true, and so do its walls."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A path in backquotes: a folder or file of the house.
PLACE = re.compile(r"`((?:feedback|pages|data|tests|\.streamlit)[\w./-]*|[\w-]+\.(?:py|toml|md))`")


def test_every_place_that_the_page_names_exists() -> None:
    named = set(PLACE.findall((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")))
    assert len(named) > 30
    assert [place for place in sorted(named) if not (ROOT / place).exists()] == []


def test_every_room_is_on_the_page() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "feedback").iterdir() if (path / "__init__.py").exists()]
    assert [room for room in rooms if f"`feedback/{room}/`" not in page] == []


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_only_ui_and_server_import_streamlit() -> None:
    modules = [path for path in (ROOT / "feedback").rglob("*.py") if (ROOT / "feedback/ui") not in path.parents]
    assert [path.name for path in modules if "streamlit" in imports(path) and path.name != "server.py"] == []


def test_pages_begin_with_the_guard() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        body = [
            node
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if not isinstance(node, ast.Import | ast.ImportFrom)
        ]
        first = body[1]  # after the docstring
        assert isinstance(first, ast.Assign) and isinstance(first.value, ast.Call), path.name
        assert getattr(first.value.func, "id", "") == "open_page", path.name


def test_pages_are_thin_and_know_no_database() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 150, path.name
        assert not imports(path) & {"sqlmodel", "sqlalchemy", "sklearn", "nltk"}, path.name
    assert len((ROOT / "streamlit_app.py").read_text(encoding="utf-8").splitlines()) <= 80


def test_no_unsafe_html() -> None:
    sources = [ROOT / "streamlit_app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "feedback").rglob("*.py")]
    word = "unsafe_" + "allow"
    assert [path.name for path in sources if word in path.read_text(encoding="utf-8")] == []
