"""A motion of any size with all that hangs on it, in the proportions of the corpus."""

from datetime import date
from typing import TypeVar

from django.db.models import Model

from debate.actions.corpus import refresh
from debate.actions.synthetic.rows import RowMaker
from debate.actions.synthetic.words import Pen, dice
from debate.actions.writing import tell_planner, writing
from debate.models import (
    Author,
    Bearing,
    Claim,
    Entailment,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    Status,
    Tag,
    TaggedClaim,
    tag_slug,
)

Row = TypeVar("Row", bound=Model)
BATCH = 1_000
CLAIMS = 132
LARGE = 1_000  # claims from which on a planner that has not counted them chooses badly
STANCES = [*["asserts"] * 12, *["denies"] * 3, *["qualifies"] * 3, *["concedes"] * 2, "reports"]
RELATIONS = [*["supports"] * 9, *["rebuts"] * 6, *["qualifies"] * 4, "undercuts"]


def insert(model: type[Row], rows: list[Row]) -> list[Row]:
    """Store rows in batches, each at the moment of making them all; they know their keys afterwards."""
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def make_tags(count: int) -> list[Tag]:
    """So many tags for all motions to share."""
    pen = Pen(dice(count))
    names: dict[str, str] = {}
    while len(names) < count:
        name = pen.phrase()
        names[tag_slug(name)] = name
    known = set(Tag.objects.filter(slug__in=names).values_list("slug", flat=True))
    insert(Tag, [Tag(slug=slug, name=name) for slug, name in names.items() if slug not in known])
    return list(Tag.objects.filter(slug__in=names).order_by("slug"))


class MotionMaker(RowMaker):
    """Makes one motion; the same seed, number and size make the same."""

    def __init__(self, *, seed: int, number: int, claims: int, tags: list[Tag]) -> None:
        super().__init__(seed=seed, number=number)
        self.size, self.tags = claims, tags

    def make(self) -> Motion:
        """In one transaction, with its standings, tallies and crowds derived."""
        with writing():
            self.ask()
            self.take_up()
            self.write_essays()
            self.claim()
            self.tag()
            self.take_stances()
            self.relate()
            self.predict()
            self.decide()
            if self.size >= LARGE:
                tell_planner()
            refresh(self.motion)
        return self.motion

    def ask(self) -> None:
        self.motion = Motion(
            slug=self.name,
            question=f"Will {self.pen.half()} in ten years?".capitalize(),
            context=self.pen.paragraph(3),
            opened_on=date(2020, 4, 28),
            horizon=date(2030, 4, 28),
            status=Status.PUBLISHED,
        )
        self.motion.render()
        insert(Motion, [self.motion])
        marks = [("yes", "Yes", "left", "blue"), ("no", "No", "right", "orange")]
        self.sides = insert(
            Side,
            [
                Side(
                    motion=self.motion, slug=slug, label=f"{word}, they will", short_label=word, glyph=glyph,
                    colour=colour, position=position, case=self.pen.sentence(),
                )
                for position, (slug, word, glyph, colour) in enumerate(marks, 1)
            ],
        )  # fmt: skip

    def take_up(self) -> None:
        """Who will speak to which claim, each by its number: every claim is taken up by one essay at least."""
        self.essays_count = max(2, self.size // 26)
        self.taken: list[tuple[int, int, str]] = []
        for claim in range(self.size):
            first = claim % self.essays_count
            second = self.random.randrange(self.essays_count)
            speakers = [first] if second == first or self.random.random() > 0.52 else [first, second]
            self.taken += [(essay, claim, self.random.choice(STANCES)) for essay in speakers]

    def write_essays(self) -> None:
        count = self.essays_count
        people = [f"{self.pen.phrase().title()} {number}" for number in range(count)]
        self.authors = insert(
            Author,
            [
                Author(slug=f"{self.name}-author-{n}", name=name, short_name=name.split()[1][:40])
                for n, name in enumerate(people)
            ],
        )
        marks: dict[int, list[str]] = {}
        for essay, claim, _kind in self.taken:
            marks.setdefault(essay, []).append(self.slug_of(claim))
        self.essays = insert(Essay, [self.essay(n, marks[n]) for n in range(count)])
        Essay.objects.filter(pk=self.essays[1].pk).update(responds_to=self.essays[0])
        through = Essay.authors.through
        pairs = zip(self.essays, self.authors, strict=True)
        insert(through, [through(essay=essay, author=author) for essay, author in pairs])

    def claim(self) -> None:
        texts: dict[str, None] = {}
        while len(texts) < self.size:
            texts[self.pen.sentence()] = None
        self.claims = insert(Claim, [self.one_claim(n, text) for n, text in enumerate(texts)])
        for side, thesis in zip(self.sides, self.claims, strict=False):
            side.thesis = thesis
        Side.objects.bulk_update(self.sides, ["thesis"])

    def tag(self) -> None:
        weights = [1 / (rank + 3) for rank in range(len(self.tags))]
        rows = []
        for claim in self.claims:
            chosen = self.random.choices(self.tags, weights, k=3)
            rows += [TaggedClaim(content_object=claim, tag=tag) for tag in dict.fromkeys(chosen)]
        insert(TaggedClaim, rows)

    def take_stances(self) -> None:
        stances = insert(
            Stance,
            [Stance(essay=self.essays[e], claim=self.claims[c], kind=kind) for e, c, kind in self.taken],
        )
        passages = []
        for number, stance in enumerate(stances):
            kinds = [stance.kind, *self.random.choices(STANCES, k=self.random.choice([0, 0, 1, 2]))]
            passages += [self.passage(stance, number * 10 + n, kind) for n, kind in enumerate(kinds)]
        insert(Passage, passages)

    def relate(self) -> None:
        """Each claim bears on earlier ones, so that the theses, the first two, are where it all leads."""
        wanted: dict[tuple[int, str, int], None] = {}
        for source in range(2, self.size):
            for kind in self.random.choices(RELATIONS, k=self.random.choice([1, 2, 2])):
                if kind != Relation.Kind.UNDERCUTS:
                    wanted[source, kind, self.random.randrange(max(0, source - 60), source)] = None
        links = insert(Relation, [self.relation(s, kind, target_claim=self.claims[t]) for s, kind, t in wanted])
        attacked = self.random.sample(links, len(links) // 20)
        undercuts = [(link, self.random.randrange(self.size)) for link in attacked]
        links += insert(
            Relation,
            [
                self.relation(source, "undercuts", target_relation=link)
                for link, source in undercuts
                if self.claims[source].pk != link.source_id
            ],
        )
        speakers = {self.claims[claim].pk: self.essays[essay] for essay, claim, _kind in self.taken}
        through = Relation.drawn_by.through
        drawn = [link for link in links if link.origin == Relation.Origin.ESSAY]
        insert(through, [through(relation=link, essay=speakers[link.source_id]) for link in drawn])

    def predict(self) -> None:
        count = max(2, self.size * 2 // 11)
        self.predictions = insert(Prediction, [self.prediction(number) for number in range(count)])
        readings, bearings = [], []
        for prediction in self.predictions:
            essays = self.random.sample(self.essays, min(3, len(self.essays)))
            claims = self.random.sample(self.claims, min(3, self.size))
            readings += [self.reading(prediction, essay) for essay in essays]
            bearings += [self.bearing(prediction, claim) for claim in claims]
        insert(Reading, readings)
        insert(Bearing, bearings)
        pairs = list(zip(self.predictions[::8], self.predictions[1::8], strict=False))
        insert(Entailment, [Entailment(premise=a, conclusion=b, rationale=self.pen.sentence()) for a, b in pairs])

    def decide(self) -> None:
        Motion.objects.filter(pk=self.motion.pk).update(deciding_prediction=self.predictions[0])
