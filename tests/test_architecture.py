"""The rooms of the house: who may import whom, held against the syntax trees."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

PACKAGE = Path(settings.BASE_DIR) / "debate"
MAY_IMPORT = {
    "reasoning": set(),
    "drawing": set(),
    "search": set(),
    "models": {"reasoning", "search"},
    "lenses": {"reasoning", "drawing", "models", "memo"},
    "actions": {"reasoning", "models", "lenses", "search"},
    "interchange": {"reasoning", "models", "actions"},
    "forms": {"reasoning", "models"},
    "access": {"models"},
    "views": {"reasoning", "drawing", "lenses", "models", "actions", "interchange", "forms", "access"},
    "admin": {"reasoning", "models", "actions", "interchange", "forms", "access"},
    "management": {"reasoning", "lenses", "models", "actions", "interchange", "search"},
}
FLOORS = (
    "authored",
    "people",
    "sessions",
    "motions",
    "essays",
    "claims",
    "tags",
    "stances",
    "sources",
    "arrivals",
    "relations",
    "standing",
    "predictions",
    "readings",
    "ballots",
    "votes",
    "scores",
    "insights",
    "moving",
    "curation",
    "moderation",
    "suggestions",
    "reviews",
    "revisions",
)
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in MAY_IMPORT
)


def imports_of(path: Path) -> list[list[str]]:
    """Names below debate/ that a module imports, dotted parts apart."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return [name.split(".")[1:] for name in found if name.startswith("debate.")]


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downward(path):
    room = room_of(path)
    reached = {names[0] for names in imports_of(path)} - {room}
    assert reached & set(MAY_IMPORT) <= MAY_IMPORT[room]


@pytest.mark.parametrize("floor", FLOORS)
def test_models_import_from_floors_below_only(floor):
    reached = {names[1] for names in imports_of(PACKAGE / "models" / f"{floor}.py") if names[0] == "models"}
    assert {name for name in reached if name in FLOORS[FLOORS.index(floor) :]} - {floor} == set()


@pytest.mark.parametrize("room", ["reasoning", "drawing"])
def test_arithmetic_and_drawing_know_no_django(room):
    for path in (PACKAGE / room).rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [name for name in modules if name.split(".")[0] == "django"], path
