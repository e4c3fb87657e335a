"""What themes that stand together are called."""

import pytest

from feedback.themes.naming import heading, shipped_services

SERVICES = {"ict": "ICT", "facilitair": "Facilitair", "algemeen": "Algemeen"}


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ([("Mobiele telefoon en bellen", "ict")], "Mobiele telefoon en bellen"),
        ([("Mobiele telefoon en bellen", "ict"), ("Inloggen", "ict")], "ICT: mobiele telefoon en inloggen"),
        ([("Parkeren, fiets en dienstauto", "facilitair"), ("Schoonmaak", "facilitair"), ("Koffie", "facilitair")],
         "Facilitair: parkeren, schoonmaak e.a."),
        # Two of three are enough, but not when one that is named is of another service.
        ([("Schoonmaak", "facilitair"), ("Koffie", "facilitair"), ("Inloggen", "ict")], "Facilitair: schoonmaak, koffie e.a."),
        ([("Schoonmaak", "facilitair"), ("Inloggen", "ict"), ("Koffie", "facilitair")], "Schoonmaak, inloggen e.a."),
        ([("Schoonmaak", "facilitair"), ("Inloggen", "ict")], "Schoonmaak en inloggen"),
        # What belongs to no single service is not called after it; nor what belongs to one that has no name here.
        ([("Nakomen van afspraken", "algemeen"), ("Regels", "algemeen")], "Nakomen van afspraken en regels"),
        ([("Vergunning", "bouw"), ("Bezwaar", "bouw")], "Vergunning en bezwaar"),
        # Half of "Duurzaam en sociaal inkopen" is no name; and then a comma tells more than a second "en".
        ([("Duurzaam en sociaal inkopen", "ict"), ("VPN-verbinding", "ict")], "ICT: duurzaam en sociaal inkopen, VPN-verbinding"),
        ([("Beoordelings- en ontwikkelgesprek", "ict"), ("Eén loket", "ict")], "ICT: beoordelings- en ontwikkelgesprek, één loket"),
        ([("AVG, privacy en DPIA", "ict"), ("Laptop en hardware", "ict")], "ICT: AVG en laptop"),
        # What would be called the same is not cut short.
        ([("Laptop en hardware", "ict"), ("Laptop en tas", "ict")], "ICT: laptop en hardware, laptop en tas"),
    ],
)  # fmt: skip
def test_a_heading_is_what_people_would_say(members: list[tuple[str, str]], name: str) -> None:
    assert heading(members, SERVICES, "nl") == name


def test_a_heading_in_english() -> None:
    members = [("Mobile phones and calling", "ict"), ("Passwords", "ict"), ("Printing", "ict")]
    assert heading(members, shipped_services()["en"], "en") == "IT: mobile phones, passwords and more"
