"""Who may pass what a curator wrote: somebody else, wherever there is somebody else."""

from itertools import dropwhile, takewhile

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from debate.models import Essay, Review, Status, User

ANOTHER = gettext_lazy("Another curator has to pass “%(essay)s” first: ask for a review at the desk.")


def who_may_pass(*, asked_by: int | None, made_by: int | None = None) -> set[int]:
    """The keys of those who may pass something: neither who asked nor who made it, by their keys.

    Where no such curator is left, whoever did not ask; where there is one curator alone, that one. So somebody always
    may, and with two or more it is never who asked.
    """
    may = set(User.objects.reviewers().values_list("pk", flat=True))
    return may - {asked_by, made_by} or may - {asked_by} or may


def maker_of(essay: Essay) -> int | None:
    """The author of the draft, or of what the draft was, by key: who wrote its first version since it was public.

    Nobody where that was a command of whoever runs the site. One query.
    """
    versions = essay.history.order_by("-history_id").values_list("status", "history_user")
    since = dropwhile(is_public, versions)
    draft = list(takewhile(lambda version: not is_public(version), since))
    return draft[-1][1] if draft else None


def is_public(version: tuple[str, int | None]) -> bool:
    return version[0] == Status.PUBLISHED


def waiting_for(essay: Essay) -> Review | None:
    return Review.objects.of_essay(essay).waiting().first()


def may_pass(essay: Essay, by: User, waiting: Review | None) -> bool:
    """Whether this curator may publish the draft, or send it back; `waiting`: the review that it waits for.

    Where nobody has asked for one, whoever made the draft counts as having done so, or who is about to publish it.
    """
    made = maker_of(essay)
    asked = waiting.asked_by_id if waiting else made or by.pk
    if by.is_reviewer and by.pk not in (asked, made):
        return True
    return by.pk in who_may_pass(asked_by=asked, made_by=made)


def refuse_own_draft(essay: Essay, by: User) -> None:
    """Raises ValidationError where somebody else has to publish the essay."""
    if not may_pass(essay, by, waiting_for(essay)):
        raise ValidationError(ANOTHER % {"essay": essay})


def settle_review(*, essay: Essay, by: User, comment: str = "") -> None:
    """After an essay's status has changed: what waits is decided by that, and what came to be in review waits.

    An essay that was published without having been put before anybody has its review too, for the record.
    """
    waiting = waiting_for(essay)
    if essay.status == Status.REVIEW:
        if waiting is None:
            Review.objects.create(essay=essay, asked_by=by, note=comment)
        return
    if essay.status == Status.PUBLISHED and waiting is None:
        waiting = Review(essay=essay, asked_by_id=maker_of(essay) or by.pk)
    if waiting is not None:
        verdict = Review.Verdict.APPROVED if essay.status == Status.PUBLISHED else Review.Verdict.WITHDRAWN
        decide(waiting, verdict, by, comment)


def decide(review: Review, verdict: str, by: User, comment: str) -> None:
    review.verdict, review.comment = verdict, comment
    review.decided_by, review.decided_at = by, timezone.now()
    review.alone = review.asked_by_id == by.pk
    review.save()
