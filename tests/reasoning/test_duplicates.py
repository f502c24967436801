"""Texts that say the same are found, whatever their order; a text and its denial never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.duplicates import Said, alike, bare, bare_address, fingerprint, group_with, groups_of

WORDS = st.sampled_from(["tools", "will", "replace", "engineers", "not", "2030", "2040", "Übung", "the", "C++"])
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.text(max_size=30)
SAID = st.lists(st.builds(lambda topic, text: (topic, text), st.integers(0, 1), TEXTS), max_size=12).map(
    lambda rows: [Said(key, topic, text) for key, (topic, text) in enumerate(rows)]
)


def are_alike(one: str, other: str) -> bool:
    return alike(bare(Said(1, "", one)), bare(Said(2, "", other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tools will replace engineers.", "tools will replace   ENGINEERS"),
        ("Tools will replace most engineers.", "Most engineers, tools will replace!"),
        ("Platforms won't need specialists.", "Platforms wo not need specialists"),
        ("skill", "Skills"),
    ],
)
def test_these_say_the_same(one, other):
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tools will replace engineers.", "Tools will not replace engineers."),
        ("Platforms need specialists.", "Platforms don't need specialists."),
        ("The role is gone by 2030.", "The role is gone by 2040."),
        ("Tools will replace engineers.", "Salaries of specialists are rising."),
    ],
)
def test_these_do_not(one, other):
    assert not are_alike(one, other)


def test_the_same_address_is_the_same_essay_whatever_its_title():
    first, second = "https://www.example.org/a/?x=1#top", "http://example.org/a?x=1"
    assert bare_address(first) == bare_address(second) == "example.org/a?x=1"
    assert groups_of([Said(1, "", "One title", first), Said(2, "", "Quite another", second)]) == [[1, 2]]


def test_what_is_no_address_is_left_as_it_is():
    assert bare_address(" http://[ ") == "http://["


def test_what_is_said_of_something_else_stands_apart():
    assert groups_of([Said(2, "a", "typo"), Said(1, "b", "typo"), Said(3, "a", "Typo.")]) == [[1], [2, 3]]


@given(TEXTS, TEXTS)
def test_likeness_is_mutual(one, other):
    assert are_alike(one, other) == are_alike(other, one)
    assert are_alike(one, one)


@given(SAID, st.randoms())
def test_groups_hold_each_key_once_and_do_not_depend_on_the_order(said, chance):
    groups = groups_of(said)
    assert sorted(key for group in groups for key in group) == sorted(each.key for each in said)
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert groups_of(shuffled) == groups
    assert groups == sorted(sorted(group) for group in groups)


@given(SAID)
def test_who_is_alike_is_in_one_group_and_topics_never_mix(said):
    group_of = {key: number for number, group in enumerate(groups_of(said)) for key in group}
    for one in said:
        for other in said:
            if one.topic != other.topic:
                assert group_of[one.key] != group_of[other.key]
            elif alike(bare(one), bare(other)):
                assert group_of[one.key] == group_of[other.key]


@given(SAID)
def test_the_group_of_one_is_found_without_the_others(said):
    for group in groups_of(said):
        assert [group_with(key, said) for key in group] == [group] * len(group)
    assert group_with(-1, said) == []


@given(TEXTS)
def test_a_fingerprint_knows_words_and_nothing_else(text):
    assert fingerprint(f"  {text} ") == fingerprint(text)
    assert fingerprint(f"{text} more") != fingerprint(text)
