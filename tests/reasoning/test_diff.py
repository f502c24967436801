"""Two texts as one, with what is gone and what is new."""

from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.diff import Piece, word_diff

texts = st.text(alphabet="ab \n", max_size=60)


def without(kind, pieces):
    return "".join(piece.text for piece in pieces if piece.kind != kind)


@given(texts, texts)
def test_without_what_is_new_it_is_the_old_text(old, new):
    assert without("new", word_diff(old, new)) == old


@given(texts, texts)
def test_without_what_is_gone_it_is_the_new_text(old, new):
    assert without("gone", word_diff(old, new)) == new


@given(texts)
def test_one_text_twice_has_no_difference(text):
    assert all(piece.kind == "kept" for piece in word_diff(text, text))


def test_words_are_changed_as_a_whole():
    assert word_diff("It is so.", "It was so.") == [
        Piece("kept", "It "),
        Piece("gone", "is "),
        Piece("new", "was "),
        Piece("kept", "so."),
    ]


def test_what_is_common_to_two_long_texts_is_kept_word_by_word():
    long = "so it is " * 2_000
    assert word_diff(f"{long}and {long}", f"{long}but {long}") == [
        Piece("kept", long),
        Piece("gone", "and "),
        Piece("new", "but "),
        Piece("kept", long),
    ]


def test_long_texts_that_share_no_end_are_not_compared_word_by_word():
    old, new = "x" + " a b" * 2_000, "y" + " b a" * 2_000
    assert word_diff(old, new) == [Piece("gone", old), Piece("new", new)]
