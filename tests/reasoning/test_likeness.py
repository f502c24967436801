"""Which sentences are like one that is being written, and what kind of claim it looks like."""

import pytest

from debate.reasoning.kinds import likely_kind
from debate.reasoning.likeness import SAME, most_alike

SENTENCES = {
    1: "Job titles outlast the duties that they once described.",
    2: "The duties of a job move on within years.",
    3: "Rain falls mainly on the plain.",
}


def test_the_most_alike_comes_first_and_the_unlike_not_at_all():
    found = most_alike("titles outlast duties", SENTENCES)
    assert found[0].key == 1
    assert 3 not in [alike.key for alike in found]


def test_order_case_and_signs_make_no_difference():
    [first, *_rest] = most_alike("THE duties that they once described, job titles outlast!", SENTENCES)
    assert (first.key, first.score) == (1, 100.0)


def test_words_that_every_sentence_has_count_less():
    others = {n: f"Machine learning engineers {verb} machine learning." for n, verb in enumerate("ABCDEFGHIJKL")}
    alike = {**others, 99: "The same job title stands for very different work from one company to the next."}
    found = most_alike("The job title means something different at every company of machine learning.", alike)
    assert found[0].key == 99


def test_endings_make_no_difference():
    assert most_alike("The duty of jobs moves on within a year", SENTENCES)[0].key == 2


def test_another_proposition_is_not_taken_for_the_same():
    assert most_alike("Job titles describe duties that nobody has.", SENTENCES)[0].score < SAME


@pytest.mark.parametrize("text", ["", "?!", "  "])
def test_nothing_is_like_nothing(text):
    assert most_alike(text, SENTENCES) == []


def test_no_more_are_told_than_asked_for():
    assert len(most_alike("the thing is so", {n: f"The thing {n} is so." for n in range(20)}, most=6)) == 6


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The role will be gone by 2030.", "forecast"),
        ("The role won’t last.", "forecast"),
        ("Beginners should learn to program first.", "advice"),
        ("Hype leads to titles that nobody needs.", "causal"),
        ("An engineer, by definition, ships.", "definition"),
        ("It went just as it did with webmasters.", "analogy"),
        ("Knowing how to ship matters more.", "value"),
        ("Three companies renamed the role.", "observation"),
    ],
)
def test_a_kind_is_made_from_the_wording(text, kind):
    assert likely_kind(text) == kind
