"""Runs of seven words that our wording shares with a source, titles excepted."""

from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.originality import RUN, Wording, plain_words

SOURCE = "One two three four five six seven, eight nine. It’s the end of the long road home, says Ann."
WORDS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=30).map(" ".join)


def repeated(text, titles=()):
    return Wording(SOURCE, titles).repeated_in(text)


def test_six_words_are_nobodys_and_seven_are_the_sources():
    assert repeated("Ours: one two three four five six, then more") == []
    assert repeated("Ours: one two three four five six seven") == ["one two three four five six seven"]


def test_a_run_is_told_as_far_as_it_goes_in_either_text():
    assert repeated("two three four five six seven eight nine ten") == ["two three four five six seven eight nine"]
    assert repeated("of the long road home says Ann") == ["of the long road home says ann"]


def test_case_signs_and_apostrophes_make_no_difference():
    assert repeated("ITS THE END, of the long road!") == ["its the end of the long road"]


def test_a_title_ends_a_run():
    assert repeated("it's the end of the long road home", ["The Long Road"]) == []


def test_a_title_of_a_word_or_two_is_no_title():
    assert repeated("it's the end of the long road home", ["Long road", "End"]) != []


def test_each_run_is_told_and_none_within_another():
    told = repeated("one two three four five six seven and its the end of the long road")
    assert told == ["one two three four five six seven", "its the end of the long road"]


@given(WORDS, WORDS)
def test_what_is_told_stands_in_both_and_what_both_hold_is_told(source, text):
    told = Wording(source).repeated_in(text)
    padded, ours = f" {source} ", plain_words(text)
    assert all(f" {run} " in padded and len(run.split()) >= RUN for run in told)
    shared = any(f" {' '.join(ours[at : at + RUN])} " in padded for at in range(len(ours) - RUN + 1))
    assert bool(told) == shared
