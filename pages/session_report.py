"""Verslag: what is left of a workshop; on the screen, on paper, as a document and as slides."""

from feedback.ui import session_report, url
from feedback.ui.page import escape, open_page
from feedback.ui.shell import title

page = open_page("session_report")
number = url.get(session_report.WORKSHOP)
# No row has a longer number, and a database counts no further than it can.
report = session_report.report_of(page, int(number)) if number.isdecimal() and len(number) < 10 else None

if report is None:
    title(page, page.t("session_report.title"))
    session_report.choose(page)
else:
    title(page, escape(report.title))
    session_report.controls(page, report, int(number))
    session_report.show(page, report)
