"""A correction to what readers see waits until somebody else has passed it; a curator alone passes it at once."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.actions.changes import Overtaken, replay
from debate.actions.curation import motions_of, refresh_motions
from debate.actions.moderation_log import LABEL, REASON, cut, note
from debate.actions.promises import keeping_promises
from debate.actions.rules import faults_of
from debate.actions.second_eyes import who_may_pass
from debate.actions.writing import writing
from debate.models import Essay, ModerationEntry, Passage, Revision, Stance, Tag, User
from debate.models.changes import (
    ADD,
    CHANGE,
    DELETE,
    Change,
    into_sight,
    is_seen,
    noun_of,
    out_of_sight,
    row_of,
    seen_among,
    values_of,
)

Verb = ModerationEntry.Verb
OVERTAKEN = gettext_lazy("Somebody has changed it since. Look at both, and write it anew.")
NOBODY_ELSE = gettext_lazy("Somebody else has to pass it.")


Seen = Collection[tuple[type[Model], int]]


def needs_passing(changes: Sequence[Change], seen_before: Seen) -> bool:
    """Whether readers see any of it now that it is written, or did before. `seen_before`: rows that they saw, as known.

    What went along with a row that was seen is taken to have been seen too.
    """
    return any(
        is_seen(change) or (noun_of(change), change["key"]) in seen_before or (change["act"] == DELETE and seen_before)
        for change in changes
        if not is_decided(change)
    )


def is_decided(change: Change) -> bool:
    """A row that is taken back waits for nobody, an essay that is published had its review, a tag its own acts."""
    noun = noun_of(change)
    reviewed = noun is Essay and into_sight(change["old"], change["new"])
    return reviewed or noun is Tag or out_of_sight(change)


def passes_alone(by: User) -> bool:
    """Whether there is nobody else who could pass what this curator writes."""
    may = who_may_pass(asked_by=by.pk)
    return not may or by.pk in may


def verb_of(changes: Sequence[Change], target: Model, *, restored: bool) -> str:
    """What is done, all in all, to the row whose page was saved."""
    if restored:
        return Verb.RESTORED
    own = [change for change in changes if noun_of(change) is plain_noun(target)]
    if any(change["act"] == DELETE for change in own):
        return Verb.DELETED
    if any(change["act"] == ADD or into_sight(change["old"], change["new"]) for change in own):
        return Verb.PUBLISHED
    return Verb.CORRECTED


def plain_noun(row: Model) -> type[Model]:
    return row._meta.concrete_model or type(row)


def written_down(changes: Sequence[Change], targets: Sequence[Model], by: User, why: str, verb: str) -> Revision:
    """The revision of a saving, not saved itself yet. `targets`: the rows that were meant, one or more of one noun."""
    noun, first = plain_noun(targets[0]), targets[0]
    there = noun._base_manager.filter(pk=first.pk).exists()
    label = _("%(one)s, and %(more)d more") % {"one": first, "more": len(targets) - 1} if targets[1:] else str(first)
    return Revision(
        content_type=ContentType.objects.get_for_model(noun),
        object_id=first.pk if there else None,
        label=cut(label, LABEL) or str(noun._meta.verbose_name),
        changes=list(changes),
        by=by,
        why=cut(why.strip(), REASON),
        verb=verb,
    )


def hold(*, changes: Sequence[Change], targets: Sequence[Model], by: User, why: str = "", verb: str) -> Revision:
    """Write down what a saving would change, none of which is written: it waits until somebody else has passed it.

    The old values are those that are there now.
    """
    with writing():
        kept = [with_old(change) for change in changes]
        revision = written_down(kept, targets, by, why, verb)
        revision.save()
    return revision


def with_old(change: Change) -> Change:
    if change["act"] == ADD:
        return change
    now = values_of(row_of(change), noun_of(change))
    names = change["new"].keys() if change["act"] == CHANGE else now.keys()
    return {**change, "old": {name: now[name] for name in names}}


def pass_at_once(
    *, changes: Sequence[Change], targets: Sequence[Model], by: User, why: str = "", verb: str
) -> Revision:
    """Put on record what a curator who is alone has written. Called in the same transaction."""
    revision = written_down(changes, targets, by, why, verb)
    decide(revision, Revision.State.ACCEPTED, by, "")
    return revision


def tell(revision: Revision, rows: Sequence[Model]) -> None:
    """A line in the public log for each of these rows; of one that is there and that readers do not see, no name."""
    noun: Any = revision.content_type.model_class()
    seen = seen_among(noun, [row.pk for row in rows])
    for row in rows:
        public = revision.verb == Verb.DELETED or row.pk in seen
        note(by=revision.by, verb=revision.verb, row=row, reason=revision.why, public=public)


def meant(revision: Revision) -> list[Any]:
    """The rows of the noun that was meant and that were changed or added, or else the one whose page was saved."""
    noun: Any = revision.content_type.model_class()
    keys = [change["key"] for change in revision.changes if noun_of(change) is noun]
    return list(noun._base_manager.filter(pk__in=keys or [revision.object_id]).order_by("pk"))


def tell_decided(changes: Sequence[Change], seen_before: Seen, by: User, why: str) -> None:
    """Lines for the public log about what waits for nobody: an essay that is published, a row that is taken back."""
    for change in changes:
        row = row_of(change)
        if out_of_sight(change) and (noun_of(change), change["key"]) in seen_before:
            note(by=by, verb=Verb.HIDDEN, row=row, reason=why, public=False)
        elif noun_of(change) is Essay and into_sight(change["old"], change["new"]) and is_seen(change):
            note(by=by, verb=Verb.PUBLISHED, row=row, reason=why)


def may_pass_revision(revision: Revision, by: User) -> bool:
    return by.pk in who_may_pass(asked_by=revision.by_id)


def accept(*, revision: Revision, by: User, comment: str = "") -> None:
    """Write what was held, as it was meant: in each row's history who wrote it and who passed it.

    Raises ValidationError where it is decided already, where somebody else has to pass it, where a row is not any more
    as it was, or where a rule forbids what would come of it; nothing is written then.
    """
    with keeping_promises():
        kept = held(revision)
        refuse_own(kept, by)
        gone = going(kept)
        before = touched_motions(kept.changes)
        rows = replayed_or_refused(kept, by)
        refuse_faults([*rows, *bared(kept.changes)])
        refresh_motions(before | motions_of(rows))
        decide(kept, Revision.State.ACCEPTED, by, comment)
        tell(kept, gone or [row for row in rows if type(row) is kept.content_type.model_class()] or meant(kept))


def going(revision: Revision) -> list[Any]:
    """The rows that are meant and would be deleted, as the database holds them before that."""
    noun = revision.content_type.model_class()
    meant = [change for change in revision.changes if noun_of(change) is noun and change["act"] == DELETE]
    return [row for row in map(row_of, meant) if row is not None]


def touched_motions(changes: Sequence[Change]) -> set[int]:
    return motions_of(row for row in map(row_of, changes) if row is not None)


def replayed_or_refused(revision: Revision, by: User) -> list[Any]:
    reason = _("revision %(number)s, passed by %(who)s") % {"number": revision.pk, "who": by}
    try:
        return replay(revision.changes, by=revision.by, reason=reason[:100], keep_keys=revision.verb == Verb.RESTORED)
    except Overtaken as error:
        raise ValidationError(OVERTAKEN) from error


def bared(changes: Sequence[Change]) -> list[Stance]:
    """The stances that lose a passage."""
    keys = [change["old"]["stance"] for change in changes if noun_of(change) is Passage and change["act"] == DELETE]
    return list(Stance.objects.filter(pk__in=keys))


def refuse_faults(rows: Sequence[Any]) -> None:
    """Raises ValidationError where a rule across rows forbids what the database now holds."""
    asked = [*rows, *(row.stance for row in rows if isinstance(row, Passage))]
    found = {row: faults_of(row) for row in asked}
    said = _("%(row)s: %(fault)s")
    faults = [said % {"row": row, "fault": fault.message} for row in found for fault in found[row]]
    if faults:
        raise ValidationError(faults)


def decline(*, revision: Revision, by: User, comment: str) -> None:
    """Send a revision back to whoever wrote it; nothing of it is written. Raises ValidationError without a comment."""
    with writing():
        kept = held(revision)
        refuse_own(kept, by)
        if not comment.strip():
            raise ValidationError(_("Say what speaks against it."))
        decide(kept, Revision.State.DECLINED, by, comment)


def withdraw(*, revision: Revision, by: User) -> None:
    """Take one's own revision back. Raises ValidationError on another's, and on one that is decided already."""
    with writing():
        kept = held(revision)
        if kept.by_id != by.pk:
            raise ValidationError(_("Only who wrote it takes it back."))
        decide(kept, Revision.State.WITHDRAWN, by, "")


def held(revision: Revision) -> Revision:
    """The revision as the database now holds it, kept from others. Raises ValidationError where it waits no more."""
    row = Revision.objects.select_for_update().get(pk=revision.pk)
    if row.state != Revision.State.HELD:
        raise ValidationError(_("It is “%(state)s” by now: somebody was faster.") % {"state": row.get_state_display()})
    return row


def refuse_own(revision: Revision, by: User) -> None:
    if not may_pass_revision(revision, by):
        raise ValidationError(NOBODY_ELSE)


def decide(revision: Revision, state: str, by: User, comment: str) -> None:
    revision.state, revision.comment = state, comment
    revision.decided_by, revision.decided_at = by, timezone.now()
    revision.alone = revision.by_id == by.pk
    revision.save()
