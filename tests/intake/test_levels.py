import pytest

from feedback.intake.levels import as_level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("operationeel", "operationeel"),
        ("Tactisch", "tactisch"),
        ("strategisch niveau", "strategisch"),
        ("Operational", "operationeel"),
        ("tactical", "tactisch"),
        ("Strategic", "strategisch"),
        ("Manager", "tactisch"),
        ("Teamleider salarisadministratie", "tactisch"),
        ("afdelingshoofd", "tactisch"),
        ("team lead", "tactisch"),
        ("Directie", "strategisch"),
        ("bestuurder", "strategisch"),
        ("Raad van Bestuur", "strategisch"),
        ("Board member", "strategisch"),
        ("director of finance", "strategisch"),
        ("medewerker", "operationeel"),
        ("Uitvoerend", "operationeel"),
        ("employee", "operationeel"),
        ("beleidsmedewerker", "operationeel"),
        ("directiesecretaresse", "operationeel"),
        ("management assistant", "operationeel"),
        ("medewerker (strategisch overleg)", "strategisch"),
        ("", None),
        (None, None),
        ("n.v.t.", None),
        ("Gemeente Noord", None),
        ("De kantine is te duur geworden", None),
    ],
)
def test_a_job_tells_its_level(text, level):
    assert as_level(text) == level


def test_a_whole_story_tells_no_level():
    assert as_level("manager " * 40) is None
