"""Fill a database with synthetic rows, at any multiple of the corpus: to measure by."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from debate.actions.synthetic.motions import CLAIMS, MotionMaker, make_tags
from debate.actions.synthetic.readers import Crowd, cast_ballots, cast_votes, make_forecasts
from debate.actions.synthetic.rows import SLUG
from debate.actions.writing import count_rows
from debate.models import Motion, User

TAGS = 27


class Refused(ValueError):
    """The database is not one to fill with synthetic rows."""


@dataclass(frozen=True)
class Plan:
    """How much to make: motions of the corpus' size, one of so many claims, readers, and what they give."""

    motions: int
    large: int
    readers: int
    votes: int
    forecasts: int
    ballots: int
    seed: int

    def phases(self) -> Iterator[tuple[str, int, Callable[[], Iterator[int]]]]:
        """What is to be done, in order: its name, how much it is, and what does it and tells how far it has come."""
        crowd, seed = Crowd(), self.seed
        yield "Motions", self.motions + bool(self.large), partial(make_motions, plan=self)
        yield "Readers", self.readers, partial(crowd.grow, self.readers)
        if self.readers:
            yield "Votes", self.votes, partial(cast_votes, seed=seed, readers=crowd, votes=self.votes)
            made = partial(make_forecasts, seed=seed, readers=crowd, forecasts=self.forecasts)
            yield "Forecasts", self.forecasts, made
            yield "Ballots", self.ballots, partial(cast_ballots, seed=seed, readers=crowd, ballots=self.ballots)
        yield "Statistics", 1, analyse


def require_fit(*, force: bool) -> None:
    """Raises Refused on a database that has synthetic rows already, or, unless forced, one of real people's."""
    if Motion.objects.filter(slug__startswith=f"{SLUG}-").exists():
        raise Refused("This database has been populated before. Begin with one that has not.")
    people = User.objects.filter(kind=User.Kind.MEMBER).count()
    if people and not force:
        raise Refused(f"This database has {people} members. To mix synthetic rows with theirs, say --force.")


def make_motions(*, plan: Plan) -> Iterator[int]:
    tags = make_tags(TAGS + plan.motions // 10)
    sizes = [CLAIMS] * plan.motions + ([plan.large] if plan.large else [])
    for number, claims in enumerate(sizes):
        MotionMaker(seed=plan.seed, number=number, claims=claims, tags=tags).make()
        yield 1


def analyse() -> Iterator[int]:
    count_rows()
    yield 1
