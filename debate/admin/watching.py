"""A saving in the room that readers would see: passed at once by a curator alone, or written down to be passed."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from debate.actions.changes import changes_since, marks
from debate.actions.revising import hold, meant, needs_passing, pass_at_once, passes_alone, tell, tell_decided, verb_of
from debate.models import ModerationEntry, Revision, User
from debate.models.changes import Change, seen_among

Named = Iterable[tuple[type[Model], Sequence[int]]]


class Waits(Exception):
    """What was written is to be undone, and written down to be passed by somebody else."""

    def __init__(self, watch: "Watch", changes: Sequence[Change], targets: Sequence[Model], verb: str) -> None:
        super().__init__()
        self.watch, self.changes, self.targets, self.verb = watch, changes, targets, verb

    def hold(self) -> Revision:
        """Call it when all is undone."""
        watch = self.watch
        return hold(changes=self.changes, targets=self.targets, by=watch.by, why=watch.why, verb=self.verb)


class Watch:
    """What one saving by somebody changes, told from what was there before. Made before anything is written.

    `named`: the rows that the page names, by noun.
    """

    def __init__(self, by: User, named: Named, *, why: str, restores: bool) -> None:
        self.by, self.why, self.restores = by, why, restores
        self.before = marks()
        self.seen = {(plain(noun), key) for noun, keys in named for key in seen_among(plain(noun), keys)}

    def look(self, targets: Sequence[Model], *, told: bool = False) -> None:
        """All is written. Raises Waits where readers would see it and somebody else can pass it.

        `targets`: the rows that are meant. `told`: whether the log tells of it already.
        """
        changes = changes_since(self.before, self.by)
        if needs_passing(changes, self.seen):
            verb = verb_of(changes, targets[0], restored=self.restores)
            if not passes_alone(self.by):
                raise Waits(self, changes, targets, verb)
            revision = pass_at_once(changes=changes, targets=targets, by=self.by, why=self.why, verb=verb)
            if not told:
                tell(revision, targets if verb == ModerationEntry.Verb.DELETED else meant(revision))
        if not told:
            tell_decided(changes, self.seen, self.by, self.why)


def plain(noun: type[Model]) -> type[Model]:
    return noun._meta.concrete_model or noun
