"""The beamer of a workshop: nothing but what the room looks at."""

import streamlit as st

from feedback.store.engine import reading
from feedback.ui import room_stage, stage, url
from feedback.ui.data import database
from feedback.ui.page import escape, open_page
from feedback.workshop import plan

page = open_page("room", role="facilitator")
workshop = url.get("w")
if not workshop.isdecimal() or len(workshop) > 9:
    with reading(database()) as session:
        rooms = plan.workshops(session=session).dropna(subset=["code"])
    st.info(page.t("room.which"))
    for row in rooms.to_dict("records"):
        url.link("pages/room.py", escape(row["session"]), w=str(row["workshop_id"]))
    url.link("pages/workshop.py", page.t("room.to_workshops"))
    st.stop()
stage.bare()
room_stage.beamer(page, int(workshop))
