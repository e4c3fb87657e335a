"""Colours: seen on light and on dark, told apart by everybody, the same in charts and in the theme."""

from __future__ import annotations

import itertools
import re
import tomllib

import numpy as np
import pytest
import vl_convert

from feedback.charts import heatmap, palette, savings_map
from feedback.reports.pictures import as_svg
from feedback.settings import ROOT
from tests.charts.made import MAKERS, make_map, with_data

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"]


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("background", ["#ffffff", "#12171f"])
def test_marks_stand_out_on_light_and_on_dark(background: str) -> None:
    colours = [*palette.TONES.values(), palette.ACCENT, palette.QUIET, *savings_map.COLOURS.values()]
    assert [colour for colour in colours if contrast(colour, background) < 3] == []


@pytest.mark.parametrize(("ground", "background"), [("light", "#ffffff"), ("dark", "#12171f")])
def test_letters_can_be_read_on_light_and_on_dark(ground: str, background: str) -> None:
    assert contrast(palette.INKS[ground], background) >= 4.5
    for make in MAKERS:
        chart = make("nl")
        config = {**chart.spec["config"], "background": background}
        drawn = vl_convert.vegalite_to_svg({**with_data(chart), "config": config})
        letters = set(re.findall(r'<text[^>]*fill="(#\w{6})"', drawn)) - {"#ffffff", "#000000"}
        assert letters
        assert letters <= {palette.INKS[ground]}, make.__name__


@pytest.mark.parametrize("scale", [palette.SEQUENCE, THEME["dark"]["chartSequentialColors"]])
def test_figures_in_the_heat_map_stand_out_from_their_cell(scale: list[str]) -> None:
    on = ["#ffffff" if luminance(colour) < heatmap.HALFWAY else "#000000" for colour in scale]
    assert [colour for colour, letters in zip(scale, on, strict=True) if contrast(colour, letters) < 4.5] == []


def test_colours_are_those_of_the_theme() -> None:
    assert THEME["light"]["chartCategoricalColors"] == list(palette.CATEGORIES)
    assert THEME["light"]["chartSequentialColors"] == list(palette.SEQUENCE)
    assert THEME["dark"]["chartCategoricalColors"] == list(palette.CATEGORIES_ON_DARK)


# How colours look to who lacks a kind of cones: Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation
# of Color Vision Deficiency", IEEE TVCG 15(6), 2009, severity 1; and to who does not.
EYES = {
    "all": np.eye(3),
    "protan": np.array([[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]]),
    "deutan": np.array([[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]]),
    "tritan": np.array([[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]]),
}


def oklab(colour: str, eyes: str) -> np.ndarray:
    """Place a colour where distances are as people see them (B. Ottosson, "A perceptual color space for image processing", 2020)."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    light = EYES[eyes] @ np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(
        np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]]) @ light.clip(0, 1)
    )
    axes = np.array([[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]])
    return np.asarray(axes @ cones)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(
    ("colours", "background"), [(palette.CATEGORIES, "#ffffff"), (palette.CATEGORIES_ON_DARK, "#12171f")]
)
def test_ten_areas_have_colours_that_everybody_can_tell_apart(
    eyes: str, colours: tuple[str, ...], background: str
) -> None:
    assert len(set(colours)) == 10
    assert [colour for colour in colours if contrast(colour, background) < 3] == []
    pairs = itertools.combinations(colours, 2)
    near = [pair for pair in pairs if np.linalg.norm(oklab(pair[0], eyes) - oklab(pair[1], eyes)) < 0.075]
    assert near == []


def test_a_picture_has_the_colours_that_the_theme_gives_on_the_screen() -> None:
    svg = as_svg(palette.on_paper(make_map("nl").spec), make_map("nl").data).decode()
    assert palette.CATEGORIES[0] in svg
