"""Sentences of the look and length of the corpus' own, from a vocabulary, by a seeded hand."""

import re
from functools import cache
from random import Random

from debate.reasoning.text import render_markdown

NOUNS = re.findall(
    r"\w+",
    """
    models engineers teams companies datasets pipelines platforms tools libraries clouds interfaces services
    products users managers graduates courses degrees researchers papers benchmarks labels features
    predictions deployments servers budgets salaries postings careers titles roles skills habits tests
    reviews incidents monitors dashboards alerts versions releases containers notebooks scripts frameworks
    languages compilers databases queries streams batches schedules metrics costs risks regulations audits
    contracts vendors startups enterprises hospitals banks factories robots sensors cameras phones assistants
    agents prompts embeddings networks weights gradients errors outliers drifts samples surveys experiments
    """,
)
VERBS = re.findall(
    r"\w+",
    """
    need replace outgrow absorb demand reward require support change hide reveal shorten lengthen simplify
    complicate postpone prevent produce attract discourage measure monitor test retrain outlast precede
    follow resemble contain
    """,
)
ADJECTIVES = re.findall(
    r"\w+",
    """
    large small early late expensive cheap reliable fragile automated manual statistical ordinary experienced
    new modern hidden visible central peripheral common rare public private technical commercial careful
    hurried narrow broad mature
    """,
)
JOINTS = ["because", "whenever", "although", "while", "as long as", "only if", "before", "once", "unless", "so that"]


def dice(seed: int | str) -> Random:
    """Chance that falls the same way each time."""
    return Random(seed)  # noqa: S311 -- nothing here is a secret


class Pen:
    """Writes; what it writes depends on its random numbers alone."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def phrase(self) -> str:
        return f"{self.random.choice(ADJECTIVES)} {self.random.choice(NOUNS)}"

    def half(self) -> str:
        return f"{self.phrase()} {self.random.choice(VERBS)} {self.phrase()}"

    def sentence(self) -> str:
        return f"{self.half()} {self.random.choice(JOINTS)} {self.half()}.".capitalize()

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _number in range(sentences))


@cache
def stock_of_texts(sentences: int) -> list[tuple[str, str]]:
    """Fifty paragraphs with their HTML, rendered once for however many rows."""
    pen = Pen(dice(sentences))
    texts = [pen.paragraph(sentences) for _number in range(50)]
    return [(text, render_markdown(text)) for text in texts]
