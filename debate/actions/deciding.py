"""A curator answers readers: accepts what they suggested, perhaps in other words, or declines it with a reason.

Each act decides one suggestion or several that say the same, in one transaction, with one line in the public log.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from debate.actions.curation import refresh_motions, set_tags
from debate.actions.moderation_log import note
from debate.actions.naming import free_slug
from debate.actions.promises import keeping_promises
from debate.actions.rules import Fault, claim_faults, relation_faults, said_already, target_faults
from debate.actions.second_eyes import who_may_pass
from debate.actions.tagging import tag_named
from debate.models import Claim, Essay, ModerationEntry, Motion, Relation, Side, Suggestion, Tag, User

State, Verb = Suggestion.State, ModerationEntry.Verb


class Decided(Exception):
    """Some of these do not wait any more: somebody decided them, or took them back. `keys`: of those still there."""

    def __init__(self, keys: Collection[int]) -> None:
        super().__init__()
        self.keys = keys


@dataclass(frozen=True)
class Answer:
    """Who decides which suggestions, by key, and what their readers are told."""

    by: User
    keys: Collection[int]
    reason: str = ""


@dataclass(frozen=True)
class Wording:
    """A claim as the curator puts it. `publish`: whether readers see it at once."""

    text: str
    kind: str
    side: Side | None = None
    publish: bool = True


@contextmanager
def deciding(answer: Answer, kind: str = "") -> Iterator[list[Suggestion]]:
    """The suggestions, kept from everybody else until the transaction ends.

    `kind`: what is accepted; without it they are declined. Raises Decided, and ValidationError on some that are not of
    the kind, not about the same thing, or to be accepted by somebody else.
    """
    with naming_collisions(), keeping_promises():
        locked = Suggestion.objects.select_for_update(of=("self",)).keyed(answer.keys)
        rows = list(locked.select_related("claim", "essay", "prediction", "motion").order_by("pk"))
        if len(rows) < len(set(answer.keys)) or not all(row.is_pending for row in rows):
            raise Decided([row.pk for row in rows if not row.is_pending])
        if len({row.said().topic for row in rows}) != 1 or (kind and rows[0].kind != kind):
            raise ValidationError(_("These are not about the same thing."))
        if kind:
            refuse_own(rows, answer.by)
        yield rows


@contextmanager
def naming_collisions() -> Iterator[None]:
    """Raises ValidationError where somebody else has just written the same, so that the database refuses it."""
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(
            _("Somebody has just written the same. Look at what is there, then try again.")
        ) from error


def refuse_own(rows: Collection[Suggestion], by: User) -> None:
    """Raises ValidationError where somebody would accept what they suggested and another curator could."""
    if any(row.by_id == by.pk for row in rows) and by.pk not in who_may_pass(asked_by=by.pk):
        raise ValidationError(_("This is your own suggestion: another curator has to accept it."))


def settle(rows: Collection[Suggestion], answer: Answer, state: str, told: Model | None = None, **made: Any) -> None:
    """Write the decision, what came of it, and a line in the public log.

    The line names `told` where readers see that, else what it is about: never the words of a reader or of a draft.
    """
    decided = {"decided_by": answer.by, "decided_at": timezone.now(), "reason": answer.reason}
    Suggestion.objects.keyed([row.pk for row in rows]).update(state=state, **decided, **made)
    first = next(iter(rows))
    verb = Verb.ACCEPTED if state == State.ACCEPTED else Verb.DECLINED
    if told is not None and is_seen(told):
        note(by=answer.by, verb=verb, row=told, reason=answer.reason)
    else:
        note(by=answer.by, verb=verb, row=first, reason=answer.reason, public=is_seen(first.target))


def is_seen(row: Model) -> bool:
    visible = type(row)._default_manager.all().visible()  # type: ignore[attr-defined]
    return bool(visible.filter(pk=row.pk).exists())


def refuse(*faults: Fault) -> None:
    """Raises ValidationError where there is a fault, by the field of the curator's form that it lies with."""
    if faults:
        raise ValidationError({fault.field: fault.message for fault in faults})


# The decisions.


def decline(answer: Answer) -> None:
    """Raises ValidationError without a reason."""
    if not answer.reason.strip():
        refuse(Fault("reason", _("Say why: the reader sees it.")))
    with deciding(answer) as rows:
        settle(rows, answer, State.DECLINED)


def accept_claim(answer: Answer, wording: Wording) -> Claim:
    with deciding(answer, Suggestion.Kind.CLAIM) as rows:
        claim = new_claim(rows[0].on, answer.by, wording)
        refresh_motions({claim.motion_id})
        settle(rows, answer, State.ACCEPTED, told=claim, made_claim=claim)
    return claim


def accept_counterpoint(
    answer: Answer, source: Wording | Claim, *, way: str, rationale: str, attacked: Relation | None = None
) -> Relation:
    """Draw a counterpoint from a new claim, or from one that is there. `attacked`: the relation that is undercut."""
    with deciding(answer, Suggestion.Kind.COUNTERPOINT) as rows:
        target = rows[0].claim
        assert target is not None  # noqa: S101 - a constraint sees to it
        new = new_claim(target.motion, answer.by, source) if isinstance(source, Wording) else None
        struck = None if way == Relation.Kind.UNDERCUTS else target
        relation = Relation(
            source=source if isinstance(source, Claim) else new, kind=way, target_claim=struck, target_relation=attacked
        )
        relation.rationale, relation.origin = rationale, Relation.Origin.CURATOR
        draw(relation, answer.by)
        refresh_motions({target.motion_id})
        made = {"made_claim": new, "made_relation": relation}
        settle(rows, answer, State.ACCEPTED, told=relation.source, **made)
    return relation


def accept_tag(answer: Answer, name: str) -> Tag:
    with deciding(answer, Suggestion.Kind.TAG) as rows:
        claim = rows[0].claim
        assert claim is not None  # noqa: S101 - a constraint sees to it
        try:
            tag = tag_named(name)
        except ValueError:
            refuse(Fault("name", _("A tag needs at least one letter or digit.")))
            raise
        set_tags(claim=claim, tags=[*claim.tags.all(), tag])
        settle(rows, answer, State.ACCEPTED, made_tag=tag)
    return tag


def accept_correction(answer: Answer) -> Suggestion:
    """Say that it is right; the row is corrected by whoever accepted it. The first of the suggestions."""
    with deciding(answer, Suggestion.Kind.CORRECTION) as rows:
        settle(rows, answer, State.ACCEPTED)
    return rows[0]


def accept_essay(answer: Answer, *, title: str, source_url: str, publisher: str) -> Essay:
    """Begin a draft of the essay, without author and date yet."""
    with deciding(answer, Suggestion.Kind.ESSAY) as rows:
        essay = Essay(motion=rows[0].on, title=title, source_url=source_url, publisher=publisher)
        essay.slug, essay.date_precision = free_slug(Essay, title), Essay.Precision.UNKNOWN
        save(essay, answer.by)
        settle(rows, answer, State.ACCEPTED, made_essay=essay)
    return essay


def new_claim(motion: Motion, by: User, wording: Wording) -> Claim:
    """A claim of a reader's: it needs no passage to be seen. Raises ValidationError where another one says the same."""
    claim = Claim(motion=motion, text=wording.text, kind=wording.kind, side=wording.side, origin=Claim.Origin.READER)
    claim.slug = free_slug(Claim, wording.text)
    claim.status = Claim.Status.PUBLISHED if wording.publish else Claim.Status.DRAFT
    if same := said_already(claim, motion, wording.text):
        refuse(Fault("text", _("This is said already: “%(claim)s” (%(slug)s).") % {"claim": same, "slug": same.slug}))
    refuse(*claim_faults(claim))
    save(claim, by)
    return claim


def draw(relation: Relation, by: User) -> None:
    faults = [*target_faults(relation.kind, relation.target_claim, relation.target_relation)]
    faults = faults or [*relation_faults(relation)]
    fields = {"target_relation": "attacked", "target_claim": "source"}
    refuse(*(Fault(fields.get(fault.field, fault.field), fault.message) for fault in faults))
    save(relation, by)


def save(row: Claim | Relation | Essay, by: User) -> None:
    row.full_clean()
    row._history_user = by  # type: ignore[union-attr]
    row.save()
