"""An essay is put before another curator, who publishes it whole or sends it back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.actions.promises import keeping_promises
from debate.actions.publishing import publish_whole, take_back
from debate.actions.second_eyes import decide, refuse_own_draft, settle_review
from debate.actions.writing import writing
from debate.lenses.review import review_of
from debate.models import Essay, Review, Status, User

MEANWHILE = gettext_lazy("It is “%(status)s” by now: somebody was faster.")


def ask_for_review(*, essay: Essay, by: User, note: str = "") -> None:
    """Put a draft before the other curators. Raises ValidationError where it is none any more."""
    with writing():
        row = held(essay, Status.DRAFT)
        put(row, Status.REVIEW, by)
        settle_review(essay=row, by=by, comment=note)


def pass_essay(*, essay: Essay, by: User, comment: str = "", seen: str | None = None) -> int:
    """Publish an essay with its draft claims and predictions, all or nothing; how many rows that was.

    `seen`: the version of the page that whoever passes it has looked at, None where that is not asked. Raises
    ValidationError where that is not what is there now, where it is published already, where somebody else has to pass
    it, or where a rule forbids to publish any of it; nothing is published then.
    """
    with keeping_promises():
        row = held(essay, Status.DRAFT, Status.REVIEW)
        if seen is not None and review_of(row).version != seen:
            raise ValidationError(_("It has changed since you opened this page. Here it is as it is now: look again."))
        return publish_whole(essays=[row], by=by, comment=comment)


def send_back(*, essay: Essay, by: User, comment: str) -> None:
    """Make a draft of what waits for review, and say what is to be done first.

    Raises ValidationError without a comment, where nothing waits any more, or for whoever may not pass it.
    """
    with writing():
        row = held(essay, Status.REVIEW)
        refuse_own_draft(row, by)
        waiting = Review.objects.of_essay(row).waiting().get()
        if not comment.strip():
            raise ValidationError(_("Say what is to be done before it can be published."))
        decide(waiting, Review.Verdict.SENT_BACK, by, comment)
        put(row, Status.DRAFT, by)


def withdraw(*, essay: Essay, by: User) -> None:
    """Take an essay back from review, to go on writing. Raises ValidationError where it does not wait any more."""
    with writing():
        row = held(essay, Status.REVIEW)
        put(row, Status.DRAFT, by)
        settle_review(essay=row, by=by)


def hide(*, essay: Essay, by: User, why: str) -> None:
    """Make a draft of a published essay; what readers gave on it and its claims is kept.

    Raises ValidationError without a reason, which readers see, or where a rule forbids it.
    """
    with keeping_promises():
        row = held(essay, Status.PUBLISHED)
        if not why.strip():
            raise ValidationError(_("Say why: readers see it in the moderation log."))
        take_back(rows=[row], by=by, why=why)


def held(essay: Essay, *statuses: str) -> Essay:
    """The essay as the database now holds it, kept from others. Raises ValidationError where its status is no such."""
    row = Essay.objects.select_for_update(no_key=True).get(pk=essay.pk)
    if row.status not in statuses:
        raise ValidationError(MEANWHILE % {"status": row.get_status_display()})
    return row


def put(row: Essay, status: str, by: User) -> None:
    row.status = status
    row._history_user = by  # type: ignore[attr-defined]
    row.save(update_fields=["status", "updated_at"])
