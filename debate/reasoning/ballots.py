"""A readers × claims array of votes, read a slice of readers at a time: it may be far larger than what is made of it.

A vote is 1 (agree), -1 (disagree), 0 (pass) or NaN (no vote).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Votes = NDArray[np.number]
Labels = NDArray[np.int64]
CELLS = 2_000_000
"""Votes that are worked on at once: 16 MB."""


class Counts(NamedTuple):
    """How many of each group agree, disagree, and have voted at all: each groups × claims."""

    agree: Floats
    disagree: Floats
    voted: Floats


def checked(votes: ArrayLike) -> Votes:
    """The votes as an array, not copied where they are one. Raises ValueError on what is no array of votes."""
    array = np.asarray(votes)
    if array.dtype.kind not in "fiu":
        array = np.asarray(votes, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"votes are readers × claims, two dimensions; these have {array.ndim}")
    for _rows, part in slices(array):
        known = part[~np.isnan(part)]
        wrong = known[(known != 0) & (np.abs(known) != 1)]
        if len(wrong):
            raise ValueError(f"a vote is 1, -1, 0 or NaN; there is a {wrong[0]:g}")
    return array


def checked_labels(labels: ArrayLike, readers: int) -> Labels:
    """One whole number per reader, from -1 on. Raises ValueError on anything else."""
    array = np.asarray(labels)
    if array.shape != (readers,):
        raise ValueError(f"there are {readers} readers, but labels of shape {array.shape}")
    whole = array.astype(np.int64)
    if readers and ((whole != array).any() or whole.min() < -1):
        raise ValueError("a label is a whole number from 0 on, or -1 for a reader who is left out")
    return whole


def slices(votes: Votes) -> Iterator[tuple[slice, Floats]]:
    """Some readers at a time, with their rows as floats."""
    step = max(1, CELLS // max(1, votes.shape[1]))
    for start in range(0, votes.shape[0], step):
        rows = slice(start, start + step)
        yield rows, votes[rows].astype(np.float64, copy=False)


def means(votes: Votes) -> Floats:
    """The mean of the votes on each claim; 0.0 where there is none."""
    total, seen = np.zeros(votes.shape[1]), np.zeros(votes.shape[1])
    for _rows, part in slices(votes):
        voted = ~np.isnan(part)
        total += np.where(voted, part, 0.0).sum(axis=0)
        seen += voted.sum(axis=0)
    mean: Floats = total / np.maximum(seen, 1)
    return mean


def counts(votes: Votes, labels: Labels, names: Labels) -> Counts:
    """The answers of each group, those of the names given."""
    shape = (len(names), votes.shape[1])
    agree, disagree, voted = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for rows, part in slices(votes):
        member = (names[:, None] == labels[rows]).astype(np.float64)
        agree += member @ (part == 1)
        disagree += member @ (part == -1)
        voted += member @ ~np.isnan(part)
    return Counts(agree, disagree, voted)
