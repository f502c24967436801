"""Which claims to ask a reader about, so that the answers tell authors apart.

What an answer does to two authors is read off where they stand. One accepts and the other denies: the answer takes the
reader nearer to the one and further from the other, two steps. One of them takes no stand: it moves the other alone,
one step. Both stand alike: it moves both alike, and tells nothing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from debate.reasoning.nearness import LEAST, Author, Stands, ranked

ASKED = 10
CONTENDERS = 3
MOST = 12
NO_ANSWERS: Stands = {}


class Candidate(NamedTuple):
    """A claim that may be asked: where each author stands on it, and which side it favours."""

    claim: int
    stands: tuple[int, ...]
    side: Hashable


class Told:
    """What is known of authors, each by number, once some claims are answered.

    `steps`: by how many each pair is told apart. `met`: on how many of the claims each author stands.
    """

    def __init__(self, authors: int, answered: Iterable[Sequence[int]] = ()) -> None:
        self.pairs = list(combinations(range(authors), 2))
        self.steps = [0] * len(self.pairs)
        self.met = [0] * authors
        for stands in answered:
            self.learn(stands)

    def learn(self, stands: Sequence[int], times: int = 1) -> None:
        """Take in a claim; forget it again by -1 times."""
        for number, (one, other) in enumerate(self.pairs):
            self.steps[number] += times * abs(stands[one] - stands[other])
        self.met = [met + times * abs(stand) for met, stand in zip(self.met, stands, strict=True)]

    def gain(self, stands: Sequence[int]) -> float:
        """What one more claim is worth; rounded, so that sums that differ by the order of adding are equal."""
        apart = (
            2.0**-steps - 2.0 ** -(steps + abs(stands[one] - stands[other]))
            for steps, (one, other) in zip(self.steps, self.pairs, strict=True)
        )
        nearer = sum(met < LEAST for met, stand in zip(self.met, stands, strict=True) if stand)
        return round(sum(apart) + nearer / LEAST, 9)

    def reach(self, less: Sequence[int], more: Sequence[int]) -> int:
        """How far the authors are on their way to LEAST claims, summed, with one claim exchanged for another."""
        moved = zip(self.met, less, more, strict=True)
        return sum(min(LEAST, met - abs(lost) + abs(won)) for met, lost, won in moved)


def telling_apart(
    authors: Mapping[Author, Stands],
    sides: Mapping[int, Hashable],
    weight: Mapping[int, int],
    *,
    count: int = ASKED,
    answers: Stands = NO_ANSWERS,
) -> list[int]:
    """So many claims at most, of those not answered yet, that tell the authors apart best: the most telling first.

    Each time the claim is taken that adds most to
    Σ over pairs of authors (1 − 2^−steps)  +  Σ over authors min(met, LEAST) / LEAST,
    what is answered already included. So pairs are told apart as often and as evenly as can be, the first step of a
    pair being worth most, and each author comes within reach of LEAST claims in common. Of equals the weightiest is
    taken, then the lowest key. No side gets two claims more than another that has one left to give (`sides`: which
    side a claim favours, None for neither). Where authors are then out of reach, one claim is exchanged for another
    as long as that brings them nearer to it and keeps the sides even.

    Our own measure. The sum is submodular, so that taking the best each time comes, but for the sides, to 1 − 1/e of
    the best choice at least (Nemhauser, Wolsey and Fisher, 1978, Mathematical Programming 14:265-294).
    Raises ValueError on more than MOST authors: the work grows as their square.
    """
    if len(authors) > MOST:
        raise ValueError(f"at most {MOST} authors can be told apart")
    stands_on = stands_by_claim(authors)
    answered = [stands_on[claim] for claim, answer in answers.items() if answer and claim in stands_on]
    left = [
        Candidate(claim, stands_on[claim], sides.get(claim))
        for claim in sorted(stands_on, key=lambda claim: (-weight.get(claim, 0), claim))
        if claim not in answers
    ]
    told = Told(len(authors), answered)
    chosen, left = chosen_from(foremost_of_each(left, count), told, count)
    return [candidate.claim for candidate in exchanged(chosen, left, told)]


def stands_by_claim(authors: Mapping[Author, Stands]) -> dict[int, tuple[int, ...]]:
    """Where each author stands, in the order given, on every claim on which one of them does; 0 for no stand."""
    spoken = {claim for stands in authors.values() for claim, stand in stands.items() if stand}
    return {claim: tuple(stands.get(claim, 0) for stands in authors.values()) for claim in spoken}


def foremost_of_each(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """The first so many of those that tell the same and favour the same side: no more of them can be wanted."""
    seen: Counter[tuple[Hashable, ...]] = Counter()
    found = []
    for candidate in candidates:
        seen[candidate[1:]] += 1
        if seen[candidate[1:]] <= most:
            found.append(candidate)
    return found


def chosen_from(candidates: Iterable[Candidate], told: Told, count: int) -> tuple[list[Candidate], list[Candidate]]:
    """The chosen, the most telling first, and what is left; `told` learns of the chosen."""
    chosen: list[Candidate] = []
    left = list(candidates)
    while left and len(chosen) < count:
        gains = {stands: told.gain(stands) for stands in {candidate.stands for candidate in left}}
        best = max(fair(chosen, left), key=lambda candidate: gains[candidate.stands])
        told.learn(best.stands)
        chosen.append(best)
        left.remove(best)
    return chosen, left


def fair(chosen: Iterable[Candidate], left: Sequence[Candidate]) -> list[Candidate]:
    """Those left that favour no side, or one that no other side is behind which has a claim left to give."""
    counts = Counter(candidate.side for candidate in chosen)
    least = min((counts[side] for side in sides_of(left)), default=0)
    return [candidate for candidate in left if candidate.side is None or counts[candidate.side] == least]


def sides_of(candidates: Iterable[Candidate]) -> set[Hashable]:
    return {candidate.side for candidate in candidates} - {None}


def exchanged(chosen: list[Candidate], left: list[Candidate], told: Told) -> list[Candidate]:
    """The chosen with one exchanged for one left, the best exchange first, while that brings authors within reach."""
    while chosen and (found := best_exchange(chosen, left, told)):
        out, taken = found
        at = chosen.index(out)
        chosen = [*chosen[:at], *chosen[at + 1 :], taken]
        left = [out, *(candidate for candidate in left if candidate is not taken)]
        told.learn(out.stands, -1)
        told.learn(taken.stands)
    return chosen


def best_exchange(
    chosen: Sequence[Candidate], left: Sequence[Candidate], told: Told
) -> tuple[Candidate, Candidate] | None:
    """What to give up for what, None where no exchange brings any author nearer; of equals what was chosen last."""
    none = (0,) * len(told.met)
    best, found = told.reach(none, none), None
    for out in reversed(chosen):
        for taken in left:
            reach = told.reach(out.stands, taken.stands)
            if reach > best and keeps_even(chosen, left, out, taken):
                best, found = reach, (out, taken)
    return found


def keeps_even(chosen: Sequence[Candidate], left: Sequence[Candidate], out: Candidate, taken: Candidate) -> bool:
    """Whether no side is then ahead by more than one of another that has a claim left to give."""
    if out.side == taken.side:
        return True
    counts = Counter(candidate.side for candidate in chosen)
    counts.subtract([out.side])
    counts.update([taken.side])
    least = min((counts[side] for side in sides_of([out, *(other for other in left if other is not taken)])), default=0)
    return all(counts[side] <= least + 1 for side in sides_of([taken, *chosen]))


def asked_of_all(
    authors: Mapping[Author, Stands], sides: Mapping[int, Hashable], weight: Mapping[int, int], *, count: int = ASKED
) -> list[int]:
    """The claims to ask every reader: `telling_apart` for as many authors as so many claims can bring within reach.

    It is tried for the MOST who take most stands, then for one fewer each time, until all of them are within reach;
    where they never are, the choice stands that brings most of all authors within reach, of equals the one made for
    most. So one author who takes few stands, or hundreds who share none, keep nobody else from being told.
    """
    best: tuple[int, list[int]] = (-1, [])
    for most in range(min(MOST, len(authors)), 0, -1):
        among = foremost(authors, most)
        chosen = telling_apart(among, sides, weight, count=count)
        if len(within_reach(among, chosen)) == most:
            return chosen
        best = max(best, (len(within_reach(authors, chosen)), chosen), key=lambda told: told[0])
    return best[1]


def within_reach(authors: Mapping[Author, Stands], claims: Iterable[int]) -> list[Author]:
    """The authors who take a stand on at least LEAST of these claims."""
    asked = list(claims)
    return [a for a, stands in authors.items() if sum(bool(stands.get(claim)) for claim in asked) >= LEAST]


def foremost(authors: Mapping[Author, Stands], most: int) -> dict[Author, Stands]:
    """So many of the authors at most, those who take most stands, in the order given."""
    chosen = set(sorted(authors, key=lambda author: -sum(map(abs, authors[author].values())))[:most])
    return {author: stands for author, stands in authors.items() if author in chosen}


def next_questions(
    answers: Stands,
    authors: Mapping[Author, Stands],
    sides: Mapping[int, Hashable],
    weight: Mapping[int, int],
    *,
    count: int = 1,
) -> list[int]:
    """The unanswered claims that tell the authors nearest to a reader apart best, the most telling first.

    The nearest are the first three by `ranked`, of whom too little may be known as yet; where fewer have anything in
    common with the reader, the MOST authors who take most stands. A claim passed on is not asked again.
    """
    near = [near.author for near in ranked(answers, authors)[:CONTENDERS]]
    known = {author: authors[author] for author in near}
    among = known if len(near) == CONTENDERS else foremost(authors, MOST)
    return telling_apart(among, sides, weight, count=count, answers=answers)
