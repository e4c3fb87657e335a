from feedback.text.judge import Evidence, Judge, read


def _row(text: str) -> Evidence:
    return Evidence((float("?" in text),), read(text, "nl"))


def test_learns_from_examples_and_names_the_words() -> None:
    told = {
        "de koffie is heerlijk": "pos",
        "heerlijk geholpen": "pos",
        "wat een ellende": "neg",
        "alleen ellende hier": "neg",
    }
    judge = Judge(("neg", "pos")).fit([_row(text) for text in told], list(told.values()))
    neg, pos = judge.scores(_row("heerlijk gewerkt"))
    assert pos > neg
    assert "heerlijk" in judge.words_for(_row("de lunch was heerlijk"), "pos", "nl")


def test_a_text_without_words_gets_the_usual_answer() -> None:
    judge = Judge(("neg", "pos")).fit([_row("goed"), _row("slecht")], ["pos", "neg"])
    assert len(judge.scores(_row(""))) == 2
