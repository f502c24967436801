"""The claims that tell the authors of a motion apart, one at a time, with what a reader has answered so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode

from debate.lenses.kept import Kept
from debate.lenses.nearness import held_on
from debate.models import Claim, ClaimVote, Motion, User
from debate.reasoning.asking import within_reach
from debate.reasoning.nearness import LEAST

ASKED: "Kept[Asked]" = Kept(most=100)


@dataclass(frozen=True, slots=True)
class Asked:
    """The claims in the order asked, and whether by them enough can be known of any author."""

    motion: Motion
    claims: Sequence[Claim]
    tell: bool


def asked_on(edition: str, slug: str) -> Asked:
    """One query once an edition, besides those of the board. Raises Http404 where there is no such motion."""

    def make() -> Asked:
        claims = Claim.objects.visible().in_bulk(held.ten)
        tell = bool(within_reach(held.authors, held.ten))
        return Asked(held.motion, [claims[key] for key in held.ten if key in claims], tell)

    held = held_on(edition, slug)
    return ASKED.get(edition, held.motion.pk, make)


@dataclass(frozen=True)
class Questions:
    """The claims asked on a motion, each known by its number from 1, with this reader's answers that stand."""

    asked: Asked
    answers: Mapping[int, str]

    @property
    def motion(self) -> Motion:
        return self.asked.motion

    @property
    def count(self) -> int:
        return len(self.asked.claims)

    @cached_property
    def open(self) -> Sequence[int]:
        """The numbers of those not answered yet."""
        return [n for n, claim in enumerate(self.asked.claims, start=1) if claim.pk not in self.answers]

    @property
    def answered(self) -> int:
        return self.count - len(self.open)

    @property
    def enough(self) -> bool:
        """Whether so many are answered that something may be told."""
        return self.answered >= LEAST

    def answer_to(self, number: int) -> str:
        """The answer to the question of this number, '' for none."""
        return self.answers.get(self.asked.claims[number - 1].pk, "")

    def number_of(self, claim: Claim) -> int:
        """0 where it is not among them, or no longer."""
        return next((n for n, asked in enumerate(self.asked.claims, start=1) if asked.pk == claim.pk), 0)

    def open_after(self, number: int) -> int:
        """The next open one, going round; 0 where no other is open."""
        others = [n for n in self.open if n != number]
        return next((n for n in others if n > number), others[0] if others else 0)

    def address(self, number: int = 0) -> str:
        """Where the question of a number is asked; what they come to, for 0."""
        asked = [] if self.motion.featured else [("motion", self.motion.slug)]
        asked.append(("n", str(number)) if number else ("done", "1"))
        return f"{reverse('stand')}?{urlencode(asked)}"

    @property
    def start(self) -> str:
        return self.address(1)

    @property
    def onward(self) -> str:
        """The first that is open, or where they end."""
        return self.address(next(iter(self.open), 0))

    def question(self, number: int) -> "Question":
        return Question(self, number)


@dataclass(frozen=True)
class Question:
    """One of them, and the ways on from it."""

    questions: Questions
    number: int

    @property
    def claim(self) -> Claim:
        return self.questions.asked.claims[self.number - 1]

    @property
    def answer(self) -> str:
        return self.questions.answer_to(self.number)

    @property
    def answer_word(self) -> str:
        return str(ClaimVote.Value(self.answer).label) if self.answer else ""

    @property
    def note(self) -> str:
        """What a reader needs to understand the claim, as HTML; a thesis has none here, since it tells whose it is."""
        theses = {side.thesis_id for side in self.questions.motion.sides.all()}
        return "" if self.claim.pk in theses else self.claim.note_html

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, word, whether it is this reader's) of every answer."""
        return [(value, str(word), value == self.answer) for value, word in ClaimVote.Value.choices[:3]]

    @property
    def steps(self) -> list[tuple[int, str, str]]:
        """(number, address, the reader's answer in words or '') of every question."""
        words, every = dict(ClaimVote.Value.choices), range(1, self.questions.count + 1)
        told = ((n, self.questions.answer_to(n)) for n in every)
        return [(n, self.questions.address(n), str(words[value]) if value else "") for n, value in told]

    @property
    def here(self) -> str:
        return self.questions.address(self.number)

    @property
    def back(self) -> str:
        """The question before it, '' for the first."""
        return self.questions.address(self.number - 1) if self.number > 1 else ""

    @property
    def onward(self) -> str:
        """The next one that is open; where all are answered, the next one; else what they come to."""
        following = self.number + 1 if self.answer and self.number < self.questions.count else 0
        return self.questions.address(self.questions.open_after(self.number) or following)

    @property
    def result(self) -> str:
        return self.questions.address()


def questions_of(edition: str, slug: str, reader: User | None) -> Questions:
    """One query for a reader, besides those of an edition. Raises Http404 where there is no such motion."""
    asked = asked_on(edition, slug)
    given = ClaimVote.objects.answers_of(reader, [claim.pk for claim in asked.claims]) if reader else {}
    standing = {key: value for key, value in given.items() if value != ClaimVote.Value.WITHDRAWN}
    return Questions(asked, standing)
