"""Somebody uploads what was made to do harm: it is refused clearly, at little cost, and nothing is written."""

import pytest

from debate.actions.bringing.shapes import Unreadable
from debate.interchange.essay_file import parse
from debate.models import Claim, Essay
from tests.bringing.conftest import SMALL

BOMB = "a: &a [x, x]\n" + "\n".join(
    f"{new}: &{new} [*{old}, *{old}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
FRONT = {
    "aliases that unfold to gigabytes": BOMB,
    "an anchor": "title: &t Small",
    "an alias": "title: *t",
    "a tag that makes an object": "title: !!python/object/apply:os.system ['true']",
    "any tag": "title: !!str Small",
    "names given twice": "title: Small\ntitle: Other",
    "deep nesting": "title: " + "[" * 5_000 + "]" * 5_000,
    "a name that is no word": "? [a, b]\n: c",
    "no YAML": "title: 'Small",
    "signs that no text has": "title: a\x07b",
    "too long": "title: " + "x" * 70_000,
}


@pytest.mark.parametrize("front", FRONT.values(), ids=FRONT)
def test_front_matter_that_does_more_than_tell_facts_is_refused(front):
    with pytest.raises(Unreadable) as refused:
        parse("file.md", f"---\nessay: small\n{front}\n---\n".encode())
    assert refused.value.problems[0].said


@pytest.mark.parametrize(
    "data",
    [b"---\nessay: \xff\n---\n", b"---\nessay: a\0b\n---\n", b"---\nessay: x\n---\n" + b"a" * 9_000_000],
    ids=["broken UTF-8", "NUL", "nine megabytes"],
)
def test_bytes_that_are_no_text_of_ours_are_refused(data):
    with pytest.raises(Unreadable):
        parse("file.md", data)


def test_a_line_without_end_is_refused():
    with pytest.raises(Unreadable) as refused:
        parse("file.md", (SMALL + "- asserts at 1: " + "x" * 30_000).encode())
    assert "A line may have" in refused.value.problems[0].said


def test_markup_that_runs_is_made_harmless(motion, bring):
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) <svg onload="x">'
    text = SMALL.replace("She says it.", f"She says it. {evil}")
    bring(text.replace("stance: asserts", f"stance: asserts\nnote: {evil}"))
    stored = str(Essay.objects.get(slug="small").summary_blocks) + Claim.objects.get(slug="it-is-so").note_html
    for harm in ("<script", "onerror", "javascript:", "<svg", "<img"):
        assert harm not in stored


def test_text_that_takes_too_long_to_render_is_a_problem_of_its_line(motion, bring):
    (report,) = bring(SMALL.replace("stance: asserts", "stance: asserts\nnote: " + "[" * 5_000))
    assert "too many signs" in report.problems[0].said
    assert not Essay.objects.filter(slug="small").exists()
