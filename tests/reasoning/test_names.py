"""What somebody may be called where others read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.names import LONGEST, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  \n ", ""),
        ("  Ada   Lovelace\t", "Ada Lovelace"),
        ("Cafe\u0301", "Café"),
        ("عائشة", "عائشة"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_a_name_is_kept_as_it_is_read(typed, kept):
    assert plain(typed) == kept


HIDDEN = ["\x00", "\x1b", "\u202e", "\u2066", "\u200e", "\u061c", "\u200b", "\ufeff", "\u00ad", "\ud800", "\ue000"]
HIDDEN += ["\u3164", "\u2800", "\ufffd"]


@pytest.mark.parametrize("sign", HIDDEN)
def test_no_sign_hides_in_it_or_turns_what_stands_around_it(sign):
    with pytest.raises(ValueError, match="seen"):
        plain(f"Ada{sign}Lovelace")


@pytest.mark.parametrize("typed", ["a" + "\u0316" * 5, "\u200d", "\u0300", "x" * (LONGEST + 1)])
def test_it_is_no_tower_no_nothing_and_no_novel(typed):
    with pytest.raises(ValueError, match="name"):
        plain(typed)


@given(st.text(max_size=100))
def test_what_was_kept_is_kept_again(typed):
    try:
        kept = plain(typed)
    except ValueError:
        return
    assert plain(kept) == kept
    assert len(kept) <= LONGEST
