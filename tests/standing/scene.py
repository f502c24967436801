"""A motion told by who takes which stance on what."""

from typing import Any

from django.utils.text import slugify

from debate.actions.corpus import refresh
from debate.actions.voting import cast_vote
from debate.models import Author, Claim, Essay, Motion, Passage, Stance, User
from tests.factories import (
    AuthorFactory,
    ClaimFactory,
    EssayFactory,
    MotionFactory,
    SideFactory,
)


class Scene:
    """Claims by name, made as they are first spoken of; `favouring` says which side's they are."""

    def __init__(self, favouring: dict[str, str] | None = None, *, featured: bool = True, prefix: str = "") -> None:
        self.prefix = prefix
        self.motion: Motion = MotionFactory(featured=featured)
        self.sides = {slug: SideFactory(motion=self.motion, slug=slug) for slug in ("yes", "no")}
        self.favouring = favouring or {}
        self.claims: dict[str, Claim] = {}

    def claim(self, name: str, **facts: Any) -> Claim:
        if name not in self.claims:
            side = self.sides.get(self.favouring.get(name, ""))
            self.claims[name] = ClaimFactory(
                motion=self.motion, slug=f"{self.prefix}{name}", text=f"It is {name}.", side=side, **facts
            )
        return self.claims[name]

    def author(self, name: str) -> Author:
        made: Author = AuthorFactory(name=name, short_name=name, slug=slugify(self.prefix + name))
        return made

    def essay(self, author: Author | str, stances: dict[str, str], **facts: Any) -> Essay:
        """One essay of an author, told by name or given, with a passage for each stance."""
        writer = self.author(author) if isinstance(author, str) else author
        essay: Essay = EssayFactory(motion=self.motion, authors=[writer], **facts)
        made = [Stance(essay=essay, claim=self.claim(name), kind=kind) for name, kind in stances.items()]
        Stance.objects.bulk_create(made)
        Passage.objects.bulk_create(
            Passage(
                stance=stance,
                number=number,
                paragraph=1,
                gist="Says so.",
                kind=stance.kind,
                speaker="Somebody" if stance.kind == "reports" else "",
            )
            for number, stance in enumerate(made, start=1)
        )
        return essay

    def refresh(self) -> None:
        """Derive what hangs on what, where a test is about that."""
        refresh(self.motion)

    def vote(self, reader: User, **answers: str) -> None:
        """The reader's answers, by the names of the claims."""
        for name, value in answers.items():
            cast_vote(reader=reader, claim=self.claims[name], value=value, informed=False)


def on(count: int, kind: str, start: int = 0) -> dict[str, str]:
    """The same stance or answer on so many claims: c0, c1 …"""
    return {f"c{number}": kind for number in range(start, start + count)}


def two_who_differ(scene: Scene) -> Scene:
    """Alba accepts ten claims; Berta accepts the first five and denies the others: all ten are asked."""
    scene.essay("Alba", on(10, "asserts"))
    scene.essay("Berta", {**on(5, "asserts"), **on(5, "denies", 5)})
    scene.refresh()
    return scene
