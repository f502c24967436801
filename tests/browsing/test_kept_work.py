"""Work is kept for one edition, never longer, and never more than so much."""

from debate.lenses.kept import Kept


def made(*names):
    """A maker that gives each name once, in turn."""
    given = iter(names)
    return lambda: next(given)


def test_what_is_kept_is_not_made_again():
    kept = Kept(most=3)
    make = made("first", "second")
    assert [kept.get("1", "a", make), kept.get("1", "a", make)] == ["first", "first"]


def test_a_new_edition_forgets_everything():
    kept = Kept(most=3)
    make = made("old", "new", "newer")
    assert [kept.get("1", "a", make), kept.get("2", "a", make)] == ["old", "new"]
    assert kept.find("1", "a") is None


def test_without_an_edition_nothing_is_kept():
    kept = Kept(most=3)
    make = made("first", "second")
    assert [kept.get("", "a", make), kept.get("", "a", make)] == ["first", "second"]


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get("1", key, lambda key=key: key)
    assert [kept.find("1", key) for key in ("a", "b", "c")] == ["a", None, "c"]


def test_what_cannot_be_made_is_not_kept():
    kept = Kept(most=2)
    try:
        kept.get("1", "a", lambda: 1 / 0)
    except ZeroDivisionError:
        assert kept.find("1", "a") is None
