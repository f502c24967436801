"""Points in the plane that lie together: k-means and silhouettes."""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
RESTARTS, ROUNDS = 20, 300


class Partition(NamedTuple):
    """A label for each point, where the middle of each group lies, and the sum of squared distances to it."""

    labels: Labels
    centres: Floats
    scatter: float


def squares(points: Floats, centres: Floats) -> Floats:
    """Squared distances, points × centres."""
    total: Floats = np.zeros((len(points), len(centres)))
    for axis in range(points.shape[1]):
        total += (points[:, axis, None] - centres[:, axis]) ** 2
    return total


def seeds(points: Floats, count: int, random: Generator) -> Floats:
    """Points to begin at, far from each other (D. Arthur, S. Vassilvitskii, 2007, k-means++, SODA)."""
    chosen = [points[random.integers(len(points))]]
    near = squares(points, np.array(chosen))[:, 0]
    while len(chosen) < count:
        reached = np.cumsum(near)
        place = int(np.searchsorted(reached, random.random() * reached[-1], side="right"))
        chosen.append(points[min(place, len(points) - 1)])
        near = np.minimum(near, squares(points, chosen[-1][None])[:, 0])
    return np.array(chosen)


def middles(points: Floats, labels: Labels, centres: Floats) -> Floats:
    """The mean of each group; one that lost all of its points begins anew at the point farthest from its centre."""
    sizes = np.bincount(labels, minlength=len(centres))
    sums = [np.bincount(labels, points[:, axis], len(centres)) for axis in range(points.shape[1])]
    moved: Floats = np.stack(sums, axis=1) / np.maximum(sizes, 1)[:, None]
    for empty in np.flatnonzero(sizes == 0):
        off = ((points - centres[labels]) ** 2).sum(axis=1)
        moved[empty] = points[off.argmax()]
    return moved


def lloyd(points: Floats, centres: Floats) -> Partition:
    """Move centres to the middle of the points nearest to them, until none changes over (S. P. Lloyd, 1982)."""
    distances = squares(points, centres)
    labels = distances.argmin(axis=1)
    for _round in range(ROUNDS):
        centres = middles(points, labels, centres)
        distances = squares(points, centres)
        nearest = distances.argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
    return Partition(labels, centres, float(distances.min(axis=1).sum()))


def k_means(points: Floats, sample: Floats, count: int, random: Generator) -> Partition:
    """The points in so many groups: the best of 20 beginnings on the sample, then moved over all points.

    Needs at least `count` distinct points in the sample.
    """
    tries = (lloyd(sample, seeds(sample, count, random)) for _restart in range(RESTARTS))
    best = min(tries, key=lambda found: found.scatter)
    return best if sample is points else lloyd(points, best.centres)


def distances_between(points: Floats) -> Floats:
    return np.sqrt(squares(points, points))


def silhouette(distances: Floats, labels: Labels) -> float:
    """How well groups are told apart: the mean of (b−a)/max(a, b), in [-1, 1] (P. J. Rousseeuw, 1987).

    a is a point's mean distance to the others of its group, b that to the nearest other group; a point alone in its
    group counts 0. `distances` are between all of the points.  0.0 where there is but one group.
    """
    names, place = np.unique(labels, return_inverse=True)
    if len(names) < 2:
        return 0.0
    member = np.zeros((len(labels), len(names)))
    member[np.arange(len(labels)), place] = 1.0
    sizes = member.sum(axis=0)
    sums = distances @ member
    own = np.take_along_axis(sums, place[:, None], axis=1)[:, 0] / np.maximum(sizes[place] - 1, 1)
    other = np.where(member > 0, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(own, other)
    widths = np.where((sizes[place] > 1) & (larger > 0), (other - own) / np.where(larger > 0, larger, 1.0), 0.0)
    return float(widths.mean())
