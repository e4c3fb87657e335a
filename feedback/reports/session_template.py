"""The bare slides of a report: the library's template made wide, with our colours and a number on each."""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.slide import Slide
from pptx.util import Inches

from feedback.reports.session_fit import HEIGHT, LEFT, SLIDE, SMALL, TITLE, TOP, WIDTH

# Of the library's template; the others go.
LAYOUTS = ("Title Slide", "Title and Content", "Title Only")
COVER, TEXT, BARE = range(3)
INK, HEAD = "123768", "1D4F91"
# A band along the edge of every slide; it tells nothing, and screen readers pass it over.
_EDGE = f"""<p:sp {nsdecls("p", "a")}>
<p:nvSpPr><p:cNvPr id="90" name="Edge"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Inches(0.18)}" cy="{Inches(SLIDE[1])}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{HEAD}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>
<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"""


def number_slide(slide: Slide) -> None:
    """Give a slide its number: python-pptx leaves that of the layout out."""
    layout: Any = slide.slide_layout
    for shape in layout.placeholders:
        if shape.placeholder_format.type is not None and shape.placeholder_format.type.name == "SLIDE_NUMBER":
            number = copy.deepcopy(shape._element)
            for properties in number.iter(qn("a:rPr"), qn("a:defRPr")):
                properties.set("sz", str(SMALL * 100))
            slide.shapes._spTree.append(number)


def widen(deck: Any) -> None:
    """Make the layouts of the library's template, which are 4:3, those of a wide screen."""
    deck.slide_width, deck.slide_height = (Inches(side) for side in SLIDE)
    for layout in [layout for layout in deck.slide_layouts if layout.name not in LAYOUTS]:
        deck.slide_layouts.remove(layout)
    for holder in (*deck.slide_layouts, deck.slide_master):
        for shape in holder.placeholders:
            kind = shape.placeholder_format.type.name
            if kind in ("TITLE", "CENTER_TITLE"):
                place = (LEFT, 2.3, WIDTH, 1.6) if kind == "CENTER_TITLE" else (LEFT, 0.45, WIDTH, 1.2)
            elif kind == "SUBTITLE":
                place = (LEFT, 4.0, WIDTH, 1.8)
            elif kind == "SLIDE_NUMBER":
                place = (SLIDE[0] - 1.65, 6.85, 1.0, 0.45)
            elif kind in ("DATE", "FOOTER"):
                place = (LEFT if kind == "DATE" else 4.4, 6.85, 3.0 if kind == "DATE" else 4.5, 0.45)
            else:
                place = (LEFT, TOP, WIDTH, HEIGHT)
            shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in place)
    deck.slide_master.shapes._spTree.insert(2, parse_xml(_EDGE))
    styles = deck.slide_master._element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", str(TITLE * 100))
    letters.set("b", "1")
    fill = letters.find(qn("a:solidFill"))
    fill.clear()
    ink: Any = OxmlElement("a:srgbClr")
    ink.set("val", INK)
    fill.append(ink)
