from pathlib import Path

import pytest

from feedback.savings import spot
from feedback.text import handover, sentiment
from feedback.text.judge import KEPT, Evidence, Judge, read


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


def test_kept_weights_judge_the_same_until_a_source_changes(tmp_path: Path) -> None:
    source = tmp_path / "examples.tsv"
    source.write_text("pos\tgoed\nneg\tslecht\n")
    judge = Judge(("neg", "pos")).fit([_row("goed"), _row("slecht")], ["pos", "neg"])
    judge.keep("mood", [source], tmp_path)
    again = Judge.kept("mood", [source], lambda: pytest.fail("learned anew"), tmp_path)
    assert again.scores(_row("goed zo")) == judge.scores(_row("goed zo"))
    source.write_text("pos\tprima\n")
    assert Judge.kept("mood", [source], lambda: judge, tmp_path) is judge


@pytest.mark.parametrize(("name", "module"), [("sentiment", sentiment), ("saving", spot), ("handover", handover)])
def test_what_ships_is_what_the_examples_teach(name: str, module) -> None:
    kept = Judge.kept(name, module.SOURCES, lambda: pytest.fail("run python tools/learn.py"), KEPT)
    fresh = module.learn()
    for cue, weights in fresh.weights_["cues"].items():
        assert kept.weights_["cues"][cue] == pytest.approx(weights, abs=0.002), "run python tools/learn.py"
