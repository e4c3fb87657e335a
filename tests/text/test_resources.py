from concurrent.futures import ThreadPoolExecutor
from time import sleep

from feedback.text.resources import made_once


def test_threads_that_ask_for_the_same_make_it_once():
    made = []

    @made_once()
    def slow(what: str) -> str:
        sleep(0.05)
        made.append(what)
        return what

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(slow, ["a"] * 4)) == ["a"] * 4
    assert made == ["a"]


def test_other_arguments_make_another():
    @made_once(2)
    def made(what: int) -> list[int]:
        return [what]

    assert made(1) is made(1)
    assert made(2) == [2]
