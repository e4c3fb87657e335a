"""Chores: `python tasks.py run|test|bench|evaluate|lint|lock|migration`. Needs nothing but Python 3.11+; sets up the rest itself."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def sh(*command: str | Path, **extra: str) -> int:
    """Run a command in the project's folder; give its exit status."""
    return subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **extra})


def setup(lock: str) -> None:
    """Make the virtual environment and install a lock file, unless that was done already."""
    if sys.version_info < (3, 11):  # noqa: UP036  (older Pythons get here: nothing was installed yet)
        sys.exit("Klantpanel needs Python 3.11 or newer: https://www.python.org/downloads/")
    want = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in ("requirements.txt", lock))).hexdigest()
    stamp = VENV / f"installed-{lock}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == want:
        return
    if not PYTHON.exists():
        print("Making the virtual environment in .venv ...", flush=True)
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    print(f"Installing {lock} (a minute or two, once) ...", flush=True)
    if sh(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", lock):
        sys.exit(f"Installing {lock} failed; see the message above. Is there a connection to the package index?")
    stamp.write_text(want)


def chromium() -> None:
    """See to a browser for the browser tests: an installed one, Debian's package, or Playwright's own."""
    found = [os.environ.get("CHROME", "")] + [
        shutil.which(name) or "" for name in ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    ]
    if any(found):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Debian's chromium for the browser tests ...", flush=True)
        sh("apt-get", "update", "-qq")
        if (
            sh(
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends",
                "chromium",
                DEBIAN_FRONTEND="noninteractive",
            )
            == 0
        ):
            return
    sh(PYTHON, "-m", "playwright", "install", "chromium")


def lint(meanwhile: Callable[[], int] = lambda: 0) -> int:
    """Check the walls: style, floors, types; types take long, so something else is done meanwhile and they are told last."""
    types = subprocess.Popen([PYTHON, "-m", "mypy"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    status = (
        sh(PYTHON, "-m", "ruff", "check", ".")
        or sh(PYTHON, "-m", "ruff", "format", "--check", ".")
        or sh(VENV / PYTHON.parent.name / "lint-imports")
        or meanwhile()
    )
    print(types.communicate()[0].decode(), end="", flush=True)
    return status or types.returncode


def main(verb: str, *rest: str) -> int:
    """Do one chore."""
    if verb == "run":
        setup("requirements.txt")
        return sh(PYTHON, "-m", "feedback", "serve", *rest)
    if verb == "lock":
        return lock()
    if verb not in ("test", "bench", "evaluate", "lint", "migration"):
        print(__doc__)
        return 2
    setup("requirements-dev.txt")
    if verb == "lint":
        return lint()
    if verb == "test":
        chromium()
        return lint(lambda: sh(PYTHON, "-m", "pytest", *rest))
    if verb == "bench":
        chromium()
        return sh(PYTHON, "-m", "tests.speed.bench", *rest)
    if verb == "evaluate":
        return sh(PYTHON, "-m", "tests.quality.evaluate", *rest)
    return sh(PYTHON, "-m", "tests.new_migration", *rest)


def lock() -> int:
    """Make both lock files anew from the .in files, in an empty environment."""
    fresh = ROOT / ".venv-lock"
    python = fresh / PYTHON.relative_to(VENV)
    seen: set[str] = set()
    for wanted, target in (("requirements.in", "requirements.txt"), ("requirements-dev.in", "requirements-dev.txt")):
        if not fresh.exists():
            venv.create(fresh, with_pip=True)
        if sh(python, "-m", "pip", "install", "--quiet", "-r", wanted):
            return 1
        names = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
        lines = [line for line in names.splitlines() if line not in seen]
        head = [f"# Locked from {wanted} by: python tasks.py lock"]
        head += ["-r requirements.txt"] if seen else []
        (ROOT / target).write_text("\n".join(head + lines) + "\n")
        seen.update(lines)
    shutil.rmtree(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["help"])))
