from feedback.annotating import cut, mask_notes
from feedback.intake.read import read
from feedback.intake.take import take

NOTES = """Verslag klantpanel
Aanwezig: Karin, Mo, mw. Ellen de Vries

ICT
- Mo vindt de wifi traag.
Facilitair:
1) soep koud
2) koffie :-(
Jan (Noord): de lift is stuk, Ellen belde al twee keer.
"""


def test_who_was_there_is_masked_in_every_note_and_nothing_is_lost():
    notes, found = mask_notes(take(read("verslag.txt", NOTES.encode(), max_mb=1)))
    remarks = cut(notes)["text"].tolist()
    assert remarks == [
        "[naam] vindt de wifi traag.",
        "soep koud",
        "koffie :-(",
        "de lift is stuk, [naam] belde al twee keer.",
    ]
    assert found == {"naam": 2}
