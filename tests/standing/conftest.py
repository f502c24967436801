"""What every test of a reader's standing may ask for."""

import pytest

from tests.standing.scene import Scene, two_who_differ


@pytest.fixture
def scene(db: None) -> Scene:
    """A featured motion of which nothing is told yet."""
    return Scene()


@pytest.fixture
def told(db: None) -> Scene:
    """A featured motion on which two authors differ on five claims of ten."""
    return two_who_differ(Scene())
