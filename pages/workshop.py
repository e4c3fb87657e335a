"""Workshop: prepare one, and lead it from the laptop beside the beamer."""

from feedback.ui import room_control, room_plan, room_plan_form, url
from feedback.ui.page import open_page
from feedback.ui.shell import title

page = open_page("workshop", role="facilitator")
t = page.t
number, planned = url.get(room_plan.WORKSHOP), url.get(room_plan.PLAN)

if planned:
    known = int(planned) if planned.isdecimal() else None
    title(page, t("control.new_title" if known is None else "control.edit_title"))
    room_plan_form.form(page, known)
elif number.isdecimal():
    room_control.control(page, int(number))
else:
    title(page, t("control.title"))
    room_plan.list_of_all(page)
