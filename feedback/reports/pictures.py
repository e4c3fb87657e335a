"""Charts as pictures for a slide, drawn here without a browser or a network."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

Spec = dict[str, Any]
WIDTH = 900


def _with_data(spec: Spec, data: pd.DataFrame) -> Spec:
    rows = json.loads(data.to_json(orient="records", date_format="iso"))
    whole = {key: value for key, value in spec.items() if key != "params"}
    whole.setdefault("width", WIDTH)
    return {**whole, "data": {"values": rows}}


def as_svg(spec: Spec, data: pd.DataFrame) -> bytes:
    """Draw a Vega-Lite spec as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_with_data(spec, data))).encode()


def as_png(spec: Spec, data: pd.DataFrame) -> bytes:
    """Draw a Vega-Lite spec as PNG, twice the size on screen."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_with_data(spec, data), scale=2))
