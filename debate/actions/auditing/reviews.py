"""What is in review waits for somebody, and nothing else does."""

from debate.actions.auditing.rule import Rule
from debate.models import Essay, Review, Status


def rules() -> list[Rule]:
    waiting = Review.objects.waiting
    return [
        Rule(
            "an essay in review waits for a review",
            lambda: Essay.objects.filter(status=Status.REVIEW).exclude(pk__in=waiting().values("essay")),
        ),
        Rule("a review that waits is of an essay in review", lambda: waiting().exclude(essay__status=Status.REVIEW)),
    ]
