"""Where a reader says where they stand, before reading and after: what they have said, and what is asked next."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, QuerySet, Value

from debate.models import Ballot, ClaimVote, Essay, Forecast, HasRead, Motion, Side, User

BEGUN = "begun"


@dataclass(frozen=True, slots=True)
class Said:
    """A side, None for undecided; `late`: before reading, but not in time to be paired."""

    side: Side | None
    late: bool


@dataclass(frozen=True, slots=True)
class BallotPanel:
    """On the motion as a whole or on one essay of it. `begun`: there is something on the motion to look back on."""

    motion: Motion
    essay: Essay | None = None
    before: Said | None = None
    after: Said | None = None
    begun: bool = False

    @property
    def query(self) -> str:
        """What an address about the motion ends with: '' for the featured one."""
        return "" if self.motion.featured else f"?motion={self.motion.slug}"

    @property
    def moved(self) -> bool:
        """Whether the two answers differ; False where there are not two."""
        return bool(self.before and self.after and self.before.side != self.after.side)


def ballot_panel(reader: User | None, motion: Motion, essay: Essay | None = None) -> BallotPanel:
    """Of a motion whose sides are prefetched. One query for a reader."""
    if reader is None:
        return BallotPanel(motion, essay)
    mine = Ballot.objects.by(reader)
    given = (mine.on_essay(essay) if essay else mine.on_motion(motion)).order_by().values_list("phase", "side", "late")
    rows = given if essay else given.union(beginning(reader, motion), all=True)
    sides = {side.pk: side for side in motion.sides.all()}
    said = {phase: Said(sides.get(side), bool(late)) for phase, side, late in rows}
    return BallotPanel(motion, essay, said.get("before"), said.get("after"), BEGUN in said)


def beginning(reader: User, motion: Motion) -> "QuerySet[User, tuple[str, int | None, bool]]":
    """A row if the reader has voted or forecast on anything of the motion, or read an essay of it; else none."""
    acts = (
        Exists(ClaimVote.objects.by(reader).filter(claim__motion=motion))
        | Exists(Forecast.objects.by(reader).filter(prediction__motion=motion))
        | Exists(HasRead.objects.filter(user=reader, motion=motion))
    )
    row = Value(BEGUN), Value(None, output_field=BigIntegerField()), Value(False)
    return User.objects.filter(acts, pk=reader.pk).values_list(*row)
