"""Who thinks alike: readers in the plane, in groups, and what unites and divides these.

The method is that of Polis (C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, 2021, Recerca 26(2)). Votes are a
readers × claims array of 1 (agree), -1 (disagree), 0 (pass) and NaN (no vote); every function raises ValueError where
it is not of two dimensions or holds anything else. It is read in slices and never copied as a whole.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import ArrayLike, NDArray

from debate.reasoning.ballots import Counts, Floats, Labels, Votes, checked, checked_labels, counts, means, slices
from debate.reasoning.clusters import Partition, distances_between, k_means, silhouette

FEWEST_VOTES = 7
MOST_GROUPS = 5
SAMPLE = 2_000
APART = 1.2816
"""The 90 % quantile of the normal distribution, which both z scores of a representative claim exceed."""


class Projection(NamedTuple):
    """Two axes of opinion, and where each reader lies on them."""

    components: Floats  # 2 × claims, each of length 1, or all 0 where there is nothing to tell apart
    positions: Floats  # readers × 2
    mean: Floats  # claims


class Groups(NamedTuple):
    """Who belongs together: a label for each reader from 0 to count − 1, the largest group first; -1 left out."""

    labels: Labels
    positions: Floats  # readers × 2
    count: int  # type: ignore[assignment]  # the name that a tuple's own method has


class Telling(NamedTuple):
    """A claim by which a group is told from the others, and how: in what its members say more than others do."""

    claim: int  # its column
    answer: str  # "agree" or "disagree"
    ratio: float  # share ÷ the others' share
    ratio_z: float
    share: float  # of the members who voted on it, in (0, 1)
    share_z: float


# In the plane.


def project(votes: ArrayLike) -> Projection:
    """The two principal components of the votes, missing ones as the claim's mean, and the readers on them.

    The components are the eigenvectors of the claims × claims covariance with the two largest eigenvalues, each turned
    so that its largest entry by size (the first of equals) is positive; one along which readers do not differ is 0.
    A reader's position is their votes less the mean, a missing one 0, on the components, times √(claims/votes) to make
    up for what is missing; (0, 0) for a reader without votes. A claim without votes has the mean 0 and moves nobody.
    """
    return projected(checked(votes))


def projected(votes: Votes) -> Projection:
    mean = means(votes)
    components = principal(covariance(votes, mean))
    positions = np.zeros((votes.shape[0], 2))
    for rows, part in slices(votes):
        voted = (~np.isnan(part)).sum(axis=1)
        scale = np.sqrt(votes.shape[1] / np.maximum(voted, 1))
        positions[rows] = centred(part, mean) @ components.T * scale[:, None]
    return Projection(components, positions, mean)


def centred(part: Floats, mean: Floats) -> Floats:
    moved: Floats = part - mean
    moved[np.isnan(moved)] = 0.0
    return moved


def covariance(votes: Votes, mean: Floats) -> Floats:
    """Sums of squares and products between claims, claims × claims; not divided by the number of readers."""
    total = np.zeros((votes.shape[1], votes.shape[1]))
    for _rows, part in slices(votes):
        moved = centred(part, mean)
        total += moved.T @ moved
    return total


def principal(covariance: Floats) -> Floats:
    """The two foremost eigenvectors as rows; 0 where the eigenvalue is none but for rounding."""
    size = len(covariance)
    components = np.zeros((2, size))
    values, vectors = np.linalg.eigh(covariance)
    for row in range(min(2, size)):
        vector = vectors[:, size - 1 - row]
        if values[size - 1 - row] > 1e-12 * size * max(1e-300, values[-1]):
            components[row] = vector * np.sign(vector[np.abs(vector).argmax()])
    return components


# In groups.


def groups(votes: ArrayLike, seed: int = 0, count: int | None = None) -> Groups:
    """The readers with at least min(7, claims) votes, in `count` groups by their positions; the others are left out.

    Without a count, of k = 2 … 5 the one that tells groups apart best, by the silhouette over at most 2,000 readers
    drawn by the seed; of equals the smallest. k-means with 20 beginnings drawn by the seed: the same seed, the same
    groups. There are never more groups than readers at different places: one where all are at the same place, none
    where nobody has votes enough. Raises ValueError on a count below 1.
    """
    array = checked(votes)
    if count is not None and count < 1:
        raise ValueError("there is at least one group")
    positions = projected(array).positions
    given = voted_by(array)
    labels = np.full(len(array), -1, dtype=np.int64)
    kept = np.flatnonzero(given >= max(1, min(FEWEST_VOTES, array.shape[1])))
    if len(kept):
        labels[kept] = by_size(divided(positions[kept], count, default_rng(seed)))
    return Groups(labels, positions, int(labels.max(initial=-1)) + 1)


def voted_by(votes: Votes) -> Labels:
    """How many votes each reader gave."""
    given = np.zeros(len(votes), dtype=np.int64)
    for rows, part in slices(votes):
        given[rows] = (~np.isnan(part)).sum(axis=1)
    return given


def divided(points: Floats, count: int | None, random: Generator) -> Labels:
    drawn = random.permutation(len(points))[:SAMPLE]
    drawn.sort()
    sample = points if len(points) <= SAMPLE else points[drawn]
    most = len(np.unique(sample.round(9), axis=0))
    if most == 1 or count == 1:
        return np.zeros(len(points), dtype=np.int64)
    if count is not None:
        return k_means(points, sample, min(count, most), random).labels
    tried = [k_means(points, sample, size, random) for size in range(2, min(MOST_GROUPS, most) + 1)]
    return clearest(tried, drawn, distances_between(sample))


def clearest(tried: Sequence[Partition], drawn: NDArray[np.int64], distances: Floats) -> Labels:
    """The labels of the partition that tells the drawn points apart best; the first of equals."""
    return max(tried, key=lambda found: round(silhouette(distances, found.labels[drawn]), 9)).labels


def by_size(labels: Labels) -> Labels:
    """The same groups, numbered from the largest on; of equals, as they come."""
    names, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(names))
    return rank[place]


def steady(labels: ArrayLike, readers: Sequence[Hashable], before: Mapping[Hashable, int]) -> Labels:
    """The same groups under the labels of a run before: a group keeps its label while most of its members stay.

    `readers` tells who each label is of, by whatever key; `before` which group each was in then (-1 or absent: none).
    Where most of an old group are now in one group, that one gets its label; of several such the one with most in
    common; what is left is matched by most in common too. A group that follows none gets a label that no group had, of
    0 to 4 as long as there is one.
    """
    now = checked_labels(labels, len(readers))
    pairs = Counter((before.get(reader, -1), int(label)) for reader, label in zip(readers, now, strict=True))
    sizes = Counter(before.values())
    followed: dict[int, int] = {}
    for (old, new), shared in sorted(pairs.items(), key=lambda it: (-(2 * it[1] > sizes[it[0][0]]), -it[1], it[0])):
        if old >= 0 and new >= 0 and shared and new not in followed and old not in followed.values():
            followed[new] = old
    names = [int(name) for name in np.unique(now) if name >= 0]
    among = range(max(MOST_GROUPS, len(names)))
    spare = [name for name in sorted(among, key=lambda it: (it in sizes, it)) if name not in followed.values()]
    followed |= dict(zip((name for name in names if name not in followed), spare, strict=False))
    return np.array([followed.get(int(label), -1) for label in now], dtype=np.int64)


# What unites and divides.


def grouped_counts(votes: ArrayLike, labels: ArrayLike) -> tuple[list[int], Counts]:
    """The groups' labels in order, and their answers; raises ValueError where labels do not fit the readers."""
    array = checked(votes)
    kept = checked_labels(labels, len(array))
    names = np.unique(kept[kept >= 0])
    return names.tolist(), counts(array, kept, names)


def consensus(votes: ArrayLike, labels: ArrayLike) -> Floats:
    """Group-informed consensus of each claim: Π over groups of (A+1)/(S+2), in (0, 1).

    A members agree of the S who voted, passes included; a group of which nobody voted counts one half. Readers of
    label -1 count nowhere. Without any group the product is empty: 1.0.
    """
    _names, told = grouped_counts(votes, labels)
    product: Floats = ((told.agree + 1) / (told.voted + 2)).prod(axis=0)
    return product


def representative(votes: ArrayLike, labels: ArrayLike, most: int | None = 5) -> dict[int, list[Telling]]:
    """For each group by its label, the claims that set it apart, at most so many (None: all); agreement first.

    Of a group's S voters on a claim A say the same (agree or disagree, whichever the others say less: the larger z of
    the ratio), of the T voters of all other groups B. share = (A+1)/(S+2); ratio = share ÷ (B+1)/(T+2). With
    p = (A+1)/(S+1), q = (B+1)/(T+1) and m = (A+B+2)/(S+T+2), the z scores are share_z = 2·√(S+1)·(p − ½) and, of two
    proportions, ratio_z = (p − q) / √(m·(1−m)·(1/(S+1) + 1/(T+1))), 0 where m is 1. A claim sets the group apart where
    both exceed 1.2816; the foremost are those with the largest share·ratio·share_z·ratio_z. One group alone is set
    apart by nothing.
    """
    names, told = grouped_counts(votes, labels)
    if len(names) < 2:
        return {name: [] for name in names}
    return {name: foremost(list(tellings(told, row)), most) for row, name in enumerate(names)}


def tellings(told: Counts, row: int) -> "list[Telling]":
    """Every claim that sets the group of this row apart."""
    agree, disagree = (scores(said, told.voted, row) for said in (told.agree, told.disagree))
    chosen = np.where(agree[1] > disagree[1], agree, disagree)
    passed = np.flatnonzero((chosen[1] > APART) & (chosen[3] > APART))
    words = np.where(agree[1] > disagree[1], "agree", "disagree")
    return [Telling(int(claim), str(words[claim]), *chosen[:, claim].tolist()) for claim in passed]


def scores(said: Floats, voted: Floats, row: int) -> Floats:
    """ratio, ratio_z, share and share_z of one answer in one group: 4 × claims."""
    a, s = said[row], voted[row]
    b, t = said.sum(axis=0) - a, voted.sum(axis=0) - s
    share = (a + 1) / (s + 2)
    mixed = (a + b + 2) / (s + t + 2)
    spread = np.sqrt(mixed * (1 - mixed) * (1 / (s + 1) + 1 / (t + 1)))
    apart = (a + 1) / (s + 1) - (b + 1) / (t + 1)
    ratio_z = np.where(spread > 0, apart / np.where(spread > 0, spread, 1.0), 0.0)
    return np.stack([share * (t + 2) / (b + 1), ratio_z, share, 2 * np.sqrt(s + 1) * ((a + 1) / (s + 1) - 0.5)])


def foremost(found: list[Telling], most: int | None) -> list[Telling]:
    weight = {it.claim: it.share * it.ratio * it.share_z * it.ratio_z for it in found}
    best = sorted(found, key=lambda it: (-weight[it.claim], it.claim))[:most]
    return sorted(best, key=lambda it: it.answer != "agree")
