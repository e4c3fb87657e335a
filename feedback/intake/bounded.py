"""Starts `worker`: a file that costs too much memory or time ends that process, not the server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from feedback.i18n import UserError
from feedback.intake import worker
from feedback.intake.grid import MAX_CELLS

MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 50


def read_apart(kind: Literal["sheets", "pdf"], filename: str, data: bytes) -> Any:
    """Read a file in a process of its own.

    Parameters
    ----------
    kind : {"sheets", "pdf"}
    filename : str
        For the messages.
    data : bytes

    Returns
    -------
    list
        See `worker`.

    Raises
    ------
    UserError
        When it is damaged, has a password, or takes more memory or time than any survey or report.
    """
    # -I: nothing from the user's folders or environment is imported.
    limits = [str(MAX_MEMORY), str(MAX_SECONDS), str(MAX_CELLS)]
    too_large = "intake.error.sheet_too_large" if kind == "sheets" else "intake.error.document_too_large"
    try:
        done = subprocess.run(  # noqa: S603 - our own file, no shell
            [sys.executable, "-I", str(Path(worker.__file__)), kind, *limits],
            input=data, capture_output=True, timeout=MAX_SECONDS + 10, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UserError(too_large, file=filename) from None
    if done.returncode == worker.PASSWORD:
        raise UserError("intake.error.password", file=filename)
    if done.returncode == worker.TOO_LARGE or done.returncode < 0:
        raise UserError(too_large, file=filename)
    if done.returncode:
        # A Rust panic ends Python with an exception (1); the file is what caused it.
        raise UserError("intake.error.damaged", file=filename)
    return json.loads(done.stdout.decode("utf-8", "surrogatepass"))
