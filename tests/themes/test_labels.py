from feedback.text.tokens import stopwords
from feedback.themes.labels import label_clusters

COFFEE = ["De koffie is altijd koud.", "Koude koffie uit de automaat.", "Weer koude koffie vandaag, jammer."]
LOGIN = ["Traag inloggen thuis.", "Het is zo traag inloggen thuis!", "Thuis traag inloggen op maandag."]


def test_labels_are_the_words_people_used():
    coffee, login = label_clusters([COFFEE, LOGIN])
    assert coffee.text == "Koude koffie"
    assert login.text == "Traag inloggen thuis"


def test_labels_hold_no_stop_words_at_their_ends_and_at_most_four_words():
    for label in label_clusters([COFFEE, LOGIN]):
        said = label.text.lower().split()
        assert 2 <= len(said) <= 4
        assert not {said[0], said[-1]} & stopwords("nl")
        assert not set(label.keywords) & stopwords("nl")


def test_labels_differ_even_when_clusters_do_not():
    labels = [label.text for label in label_clusters([COFFEE, COFFEE, COFFEE, ["koffie"], ["koffie"], ["koffie"]])]
    assert len(set(labels)) == 6


def test_the_order_of_the_texts_does_not_matter():
    assert label_clusters([COFFEE, LOGIN]) == label_clusters([COFFEE[::-1], LOGIN[::-1]])


def test_a_cluster_without_telling_words_still_has_a_label():
    assert all(label.text for label in label_clusters([["de het een"], ["123"], COFFEE]))
