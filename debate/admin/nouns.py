"""Every noun that has pages in the room; imported when the apps are ready."""

from debate.admin import authors, claims, essays, motions, predictions, readers, relations, stances, suggestions, tags

__all__ = [
    "authors",
    "claims",
    "essays",
    "motions",
    "predictions",
    "readers",
    "relations",
    "stances",
    "suggestions",
    "tags",
]
