"""Readers in a plane and in groups: what the Polis server made of a real conversation, to the last digits."""

import csv
import json
from math import nan
from pathlib import Path

import numpy as np
import pytest

from debate.reasoning.opinion import consensus, groups, project, representative

pytestmark = pytest.mark.reference
CONVERSATION = Path(__file__).resolve().parents[3] / "shared" / "polis" / "conversation-a"


def scatter(points, labels):
    """Within groups: squared distances to their middles."""
    return sum(((points[labels == g] - points[labels == g].mean(axis=0)) ** 2).sum() for g in set(labels.tolist()))


@pytest.fixture(scope="module")
def polis():
    return json.loads((CONVERSATION / "expected.json").read_text())


@pytest.fixture(scope="module")
def votes(polis):
    found = np.full((len(polis["readers"]), len(polis["claims"])), nan)
    with (CONVERSATION / "votes.csv").open() as file:
        for row in csv.DictReader(file):
            found[int(row["reader"]), int(row["claim"])] = float(row["vote"])
    return found


@pytest.fixture(scope="module")
def labels(polis):
    return np.array([polis["groups"].get(str(reader), -1) for reader in polis["readers"]])


def up_to_sign(found, known):
    return min(np.abs(found - known).max(), np.abs(found + known).max())


@pytest.mark.parametrize("axis", [0, 1])
def test_the_components_are_those_of_the_server(polis, votes, axis):
    assert up_to_sign(project(votes).components[axis], np.array(polis["components"][axis])) < 1e-9


@pytest.mark.parametrize("axis", [0, 1])
def test_the_positions_are_those_of_the_server(polis, votes, axis):
    known = polis["positions_up_to_sign"]
    found = project(votes).positions[[int(reader) for reader in known], axis]
    assert up_to_sign(found, np.array([place[axis] for place in known.values()])) < 1e-9


def test_the_consensus_is_that_of_the_server(polis, votes, labels):
    known = list(polis["group_informed_consensus"].values())
    assert consensus(votes, labels) == pytest.approx(known, abs=1e-9)


def test_the_representative_claims_are_those_of_the_server(polis, votes, labels):
    for group, found in representative(votes, labels).items():
        known = polis["representative"][str(group)]
        assert [(told.claim, told.answer) for told in found] == [(it["claim"], it["for"]) for it in known]
        for name, precision in (("ratio", 1e-9), ("share", 1e-9), ("ratio_z", 1e-6), ("share_z", 1e-6)):
            assert [getattr(told, name) for told in found] == pytest.approx([it[name] for it in known], abs=precision)


@pytest.mark.parametrize("seed", range(3))
def test_groups_lie_no_less_together_than_those_of_the_server(votes, labels, seed):
    found = groups(votes, seed=seed, count=3)
    kept = found.labels >= 0
    assert scatter(found.positions[kept], found.labels[kept]) <= scatter(found.positions[kept], labels[kept])
