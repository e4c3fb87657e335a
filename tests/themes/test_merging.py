import numpy as np

from feedback.themes.merging import family_tree, merge_order, merged

TEXTS = [{"wachtwoord vergeten": 1.0}, {"wachtwoord resetten": 1.0}, {"koffie koud": 1.0}, {"koffie op": 1.0}]
AREAS = ["ict", "ict", "facilitair", "facilitair"]


def test_entries_of_one_area_are_merged_first():
    groups = np.array([0, 0, 1, 2, 2, 3])
    goal = merged(groups, merge_order(family_tree(TEXTS, AREAS), groups), 2)
    assert goal == {0: 0, 1: 0, 2: 2, 3: 2}


def test_the_larger_group_gives_its_name():
    groups = np.array([0, 1, 1, 1])
    assert merge_order(family_tree(TEXTS, AREAS), groups) == [(0, 1)]


def test_there_is_one_merge_less_than_groups():
    groups = np.array([0, 2, 3, 3])
    assert len(merge_order(family_tree(TEXTS, AREAS), groups)) == 2


def test_one_entry_has_nothing_to_merge():
    assert merge_order(family_tree(TEXTS[:1], AREAS[:1]), np.zeros(4, dtype=int)) == []


def test_the_hierarchy_is_made_once_a_codebook():
    assert family_tree(TEXTS, AREAS) is family_tree([dict(text) for text in TEXTS], list(AREAS))


def test_entries_without_a_known_word_have_a_hierarchy_too():
    assert family_tree([{"?": 1.0}, {"!": 1.0}, {"koffie": 1.0}], ["", "", ""]).shape == (2, 4)
    assert family_tree([{"?": 1.0}, {"!": 1.0}], ["", "ict"]).shape == (1, 4)
