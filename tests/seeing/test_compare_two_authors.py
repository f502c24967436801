"""A reader lays two authors side by side: shared ground, the first parting, collisions, concessions, the unanswered."""

import re
from itertools import combinations

import html5lib
import pytest

from debate.actions.corpus import refresh
from debate.lenses.author import made_for
from debate.lenses.positions import positions_of
from debate.models import Author, Ballot, Claim, ClaimVote, Motion, Prediction, Reading, Relation, Side
from tests.factories import (
    AuthorFactory,
    ClaimFactory,
    EssayFactory,
    GuestFactory,
    MotionFactory,
    PassageFactory,
    PredictionFactory,
    RelationFactory,
    SideFactory,
    StanceFactory,
    as_one_edition,
    motion_with_claims,
)

pytestmark = pytest.mark.django_db
POSEY, OMONT, BELOTTI = "luke-posey", "nicolas-omont", "jonathon-belotti"
FIVE = (POSEY, OMONT, BELOTTI, "henrik-skogstrom", "tds-author")
ADDRESS = "/compare/?a=luke-posey&b=nicolas-omont"


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").split())


def part(html, name):
    """The section whose heading has this id, as markup."""
    start = html.index(f'id="{name}"')
    return html[start : html.index("</section>", start)]


@pytest.fixture
def compare(client):
    def asked(a, b, **more):
        return client.get("/compare/", {"a": a, "b": b, **more}).content.decode()

    return asked


@pytest.fixture
def posey_and_omont(corpus, compare):
    return compare(POSEY, OMONT)


# Two of the five.


@pytest.mark.parametrize(("a", "b"), list(combinations(FIVE, 2)))
def test_any_two_can_be_compared_in_either_order(corpus, client, a, b):
    told = [client.get("/compare/", {"a": one, "b": other}) for one, other in ((a, b), (b, a))]
    assert [answer.status_code for answer in told] == [200, 200]


def test_the_title_names_both_in_the_order_asked_for(posey_and_omont, compare):
    assert "<h1>Luke Posey and Nicolas Omont</h1>" in posey_and_omont
    assert "<title>Nicolas Omont and Luke Posey, compared" in compare(OMONT, POSEY)


def test_each_is_introduced_with_side_essay_and_date(posey_and_omont):
    told = words(posey_and_omont)
    assert "Posey takes the side Software engineering absorbs it , in “ Machine Learning Engineers" in told
    assert "It answers Posey." in told


def test_who_takes_no_side_is_said_to_take_none(corpus, compare):
    assert "Belotti takes neither side" in words(compare(POSEY, BELOTTI))


def test_what_both_accept_is_shared(posey_and_omont):
    shared = part(posey_and_omont, "shared").split("<details")[0]
    assert set(re.findall(r'href="/claims/([^/"]+)/"', shared)) == {"no-agreed-meaning", "only-a-title"}


def test_a_shared_claim_leads_to_the_passages(posey_and_omont, client):
    address, anchor = re.search(r'href="(/essays/[^"#]+)#([^"]+)"', part(posey_and_omont, "shared")).groups()
    assert f'id="{anchor}"' in client.get(address).content.decode()


def test_what_one_only_qualifies_or_reports_is_set_apart(posey_and_omont):
    apart = part(posey_and_omont, "shared").split("<details")[1]
    assert set(re.findall(r'href="/claims/([^/"]+)/"', apart)) == {
        "ml-in-every-toolkit",
        "mostly-software-engineering",
        "ml-young-in-companies",
        "skills-overlap",
    }


def test_they_first_part_at_the_theses(posey_and_omont):
    first = part(posey_and_omont, "parting").split("<h3")[0]
    assert re.findall(r'<p class="claim-text"><a href="/claims/([^/]+)/', first) == [
        "role-remains-distinct",
        "role-absorbed-by-software-engineers",
    ]


def test_beneath_the_theses_omont_denies_that_exposure_makes_the_role_pass(posey_and_omont):
    beneath = words(part(posey_and_omont, "parting").split("<h3")[1])
    assert "Beneath the theses" in beneath
    assert "are oriented towards operations" in beneath
    assert "undercuts" in beneath
    assert "ordinary part of every software engineer's toolkit" in beneath
    assert "drawn by Omont" in beneath


def test_the_way_to_a_parting_is_told_from_the_thesis(corpus, compare):
    told = words(part(compare(BELOTTI, OMONT), "parting"))
    assert "The thesis In 2030 machine learning engineering will still be a role of its own" in told
    assert "supported by The differences between software and machine learning engineers, though subtle," in told
    assert "The one holds that the difference calls for its own role, the other that no title should mark it." in told


def test_where_they_do_not_contradict_each_other_at_first_that_is_said(corpus, compare):
    told = words(part(compare(BELOTTI, "henrik-skogstrom"), "parting"))
    assert "Short of a contradiction" in told
    assert "Where what the one holds first strikes what the other holds" in told


def test_a_point_that_one_only_grants_is_not_where_they_first_contradict_each_other(corpus, compare):
    """Posey calls it right that nobody need care about a title; that is not what he and Belotti part over."""
    told = words(part(compare(POSEY, BELOTTI), "parting"))
    contradiction = told[told.index("Where they first contradict each other") :]
    assert "is taking over from data scientist as the leading title. rebuts" in contradiction
    assert "What becomes of a job title does not matter" not in told


def test_where_nothing_else_is_left_a_point_in_passing_is_said_to_be_one(client):
    motion = MotionFactory(featured=True)
    thesis = ClaimFactory(motion=motion)
    SideFactory(motion=motion, slug="yes", thesis=thesis)
    for slug, kind in (("one", "concedes"), ("other", "denies")):
        essay = EssayFactory(motion=motion, authors=[AuthorFactory(slug=slug)])
        PassageFactory(stance=StanceFactory(essay=essay, claim=thesis, kind=kind))
    refresh(motion)
    told = words(part(client.get("/compare/?a=one&b=other").content.decode(), "parting"))
    assert "One of the two only concedes this in passing" in told


def test_collisions_stand_in_the_direction_in_which_they_strike(corpus, compare):
    told = words(part(compare(BELOTTI, "henrik-skogstrom"), "collisions"))
    to_skogstrom = told[told.index("From Belotti’s claims to Skogström’s") : told.index("From Skogström’s claims")]
    assert "Machine learning teams run out of work" in to_skogstrom
    assert "The one expects every hand to be full, the other has seen the work run out." in to_skogstrom


def test_what_one_grants_and_the_other_denies_is_shown_where_they_collide(corpus, compare):
    """Posey calls it right that nobody need care about a title; Belotti says that titles matter."""
    told = words(part(compare(POSEY, BELOTTI), "collisions"))
    assert "What the one accepts and the other denies 1 What becomes of a job title does not matter." in told
    assert "Posey concedes" in told
    assert "Belotti denies" in told


def test_the_theses_at_which_they_part_are_not_shown_again(posey_and_omont):
    assert "What the one accepts and the other denies" not in posey_and_omont


def test_a_claim_leads_to_the_authors_own_words_before_those_they_quote(corpus, compare):
    """Belotti quotes Chip Huyen first, in the section before the one in which he gives the advice himself."""
    told = words(part(compare(BELOTTI, "tds-author"), "collisions"))
    assert "Belotti asserts “How to become a Machine Learning Engineer ‘unicorn’”, ¶ 1 Whoever wants to become" in told


def test_what_stands_above_is_not_shown_again(posey_and_omont):
    assert "Exposure to models may become general" not in words(part(posey_and_omont, "collisions"))


def test_a_collision_says_who_drew_it(posey_and_omont):
    told = words(part(posey_and_omont, "collisions"))
    assert "drawn by Omont" in told
    assert "drawn by a curator" in told


def test_a_collision_says_what_answers_it_and_who_holds_that(posey_and_omont):
    told = words(part(posey_and_omont, "collisions"))
    assert "Answered Qualifies Machine learning engineers have to master some of the DevOps practice" in told
    assert "Rebuts Most of what programmers are paid for is keeping existing software in working order. Belotti" in told


def test_a_collision_that_came_later_is_said_to_have_come_later(posey_and_omont):
    assert "not answered; made after they wrote" in words(part(posey_and_omont, "collisions"))


def test_a_collision_of_an_undated_essay_says_that_the_order_is_not_known(corpus, compare):
    assert "not known which came first" in words(part(compare(BELOTTI, "henrik-skogstrom"), "collisions"))


def test_concessions_stand_on_the_side_of_who_makes_them(posey_and_omont):
    told = words(part(posey_and_omont, "conceded"))
    posey, omont = told.split("Omont concedes ", 1)
    assert "When machine learning was young, companies truly needed machine learning engineers." in posey
    assert "software engineers already take part in the machine learning lifecycle." in omont


def test_who_concedes_nothing_is_said_to(corpus, compare):
    assert "Belotti concedes nothing that Posey asserts." in words(compare(BELOTTI, POSEY))


@pytest.mark.parametrize("slug", FIVE)
def test_what_each_leaves_unanswered_is_what_their_own_page_says(corpus, slug):
    positions = positions_of("", corpus)
    writer = positions.writer(slug)
    points = made_for(Author.objects.get(slug=slug)).counterpoints
    theirs = {stand: {point.pk for point in told} for stand, told in points.items()}
    here = {stand: set() for stand in theirs}
    for link in positions.against(writer):
        here[positions.stand_towards(writer, link).value].add(link.key)
    assert here == theirs


def test_the_unanswered_are_counted_by_how_they_stand(corpus, compare):
    told = words(part(compare(POSEY, BELOTTI), "left"))
    assert "1 made before they last wrote, and not answered" in told
    assert "1 not answered, and not known which came first" in told


def test_what_one_holds_themselves_is_granted_and_not_left_unanswered(corpus, compare):
    """Belotti says too that a project cannot do without solid engineering."""
    told = words(part(compare(POSEY, BELOTTI), "left"))
    belotti = told[told.index("24 counterpoints to what Belotti asserts") :]
    assert "6 granted: they assert or concede its claim themselves" in belotti
    assert "cannot do without solid engineering knowledge" not in belotti


def test_what_is_granted_leads_to_the_ledger(corpus, compare, client):
    address = re.search(r'href="(/unanswered/\?author=jonathon-belotti[^"]*granted)"', compare(POSEY, BELOTTI))[1]
    told = client.get(address.replace("&amp;", "&")).content.decode()
    assert "6 counterpoints whose claims Belotti asserts or concedes" in told


def test_the_unanswered_lead_to_the_ledger(posey_and_omont, client):
    address = re.search(r'href="(/unanswered/\?author=luke-posey)"', part(posey_and_omont, "left"))[1]
    assert client.get(address).status_code == 200


def test_readings_of_the_same_predictions_stand_on_one_axis(posey_and_omont):
    section = part(posey_and_omont, "predictions")
    both = Prediction.objects.filter(readings__essay__authors__slug=POSEY)
    both = both.filter(readings__essay__authors__slug=OMONT).count()
    assert section.count('<svg class="tracks" ') == both
    assert "A curator’s reading" in section


def test_the_readings_furthest_apart_come_first(posey_and_omont):
    told = words(part(posey_and_omont, "predictions"))
    assert told.index("Posey: 4 to 15%") < told.index("Posey: 75 to 92%")


def test_each_prediction_is_linked(posey_and_omont):
    slugs = re.findall(r'href="/predictions/([^/"]+)/"', part(posey_and_omont, "predictions"))
    assert Prediction.objects.filter(slug__in=slugs).count() == len(slugs) > 0


# How readers vote there.


def readers(corpus, claim, side, *, agree, disagree, phase="before"):
    for number in range(agree + disagree):
        reader = GuestFactory()
        Ballot.objects.create(user=reader, motion=corpus, side=side, phase=phase)
        ClaimVote.objects.create(user=reader, claim=claim, value="agree" if number < agree else "disagree")


@pytest.fixture
def reveal(corpus, reader_client):
    reader_client.post(f"/motions/{corpus.slug}/reveal/", {"next": ADDRESS})
    return lambda: words(part(reader_client.get(ADDRESS).content.decode(), "readers"))


@pytest.fixture
def thesis(corpus):
    return Claim.objects.get(slug="role-remains-distinct")


def test_how_readers_vote_is_hidden_until_asked_for(corpus, thesis, compare):
    readers(corpus, thesis, thesis.side, agree=10, disagree=0)
    assert "It is hidden until you ask" in words(part(compare(POSEY, OMONT), "readers"))


def test_asking_leads_back_to_the_comparison(corpus, reader_client):
    html = reader_client.get(ADDRESS).content.decode()
    back = re.search(r'name="next" value="([^"]+)"', html)[1].replace("&amp;", "&")
    assert reader_client.post(f"/motions/{corpus.slug}/reveal/", {"next": back}).url == back


def test_without_ten_of_each_side_it_is_too_early(corpus, thesis, reveal):
    readers(corpus, thesis, thesis.side, agree=10, disagree=0)
    assert reveal().count("Too early to say") == 4


def test_with_ten_of_each_side_their_shares_are_shown(corpus, thesis, reveal):
    readers(corpus, thesis, thesis.side, agree=9, disagree=1)
    readers(corpus, thesis, Side.objects.get(slug="absorbed"), agree=2, disagree=8)
    assert "Remains 90% of 10 agree Absorbed 20% of 10 agree 70 points apart." in reveal()


def test_a_ballot_after_reading_counts_before_one_given_before(corpus, thesis, reveal):
    absorbed = Side.objects.get(slug="absorbed")
    readers(corpus, thesis, thesis.side, agree=10, disagree=10)
    for ballot in Ballot.objects.all()[:10]:
        Ballot.objects.create(user=ballot.user, motion=corpus, side=absorbed, phase="after")
    assert "Remains 0% of 10 agree Absorbed 100% of 10 agree" in reveal()


def test_who_gave_no_ballot_or_withdrew_their_vote_counts_on_no_side(corpus, thesis, reveal):
    readers(corpus, thesis, thesis.side, agree=10, disagree=0)
    readers(corpus, thesis, Side.objects.get(slug="absorbed"), agree=10, disagree=0)
    Ballot.objects.filter(side=thesis.side).first().delete()
    assert "Too early to say" in reveal()


def test_a_side_that_no_essay_here_takes_is_shown_too(corpus, thesis, reveal):
    third = SideFactory(motion=corpus, slug="third", short_label="Third", position=3, glyph="top", colour="green")
    readers(corpus, thesis, thesis.side, agree=10, disagree=0)
    readers(corpus, thesis, third, agree=0, disagree=10)
    assert "Third 0% of 10 agree" in reveal()


def test_the_revealed_page_is_kept_by_nobody(corpus, reader_client):
    reader_client.post(f"/motions/{corpus.slug}/reveal/")
    assert "private" in reader_client.get(ADDRESS)["Cache-Control"]


def test_the_page_as_everybody_gets_it_sets_no_cookie(corpus, client):
    answer = client.get(ADDRESS)
    assert ("Set-Cookie" in answer, "ETag" in answer) == (False, True)


# Choosing.


def test_without_authors_there_is_the_choice(corpus, client):
    html = client.get("/compare/").content.decode()
    assert re.findall(r"<select[^>]* name=\"(\w)\"", html) == ["a", "b"]
    assert all(html.count(f'<option value="{slug}">') == 2 for slug in FIVE)


def test_the_pair_with_most_collisions_comes_first(corpus, client):
    told = client.get("/compare/").content.decode()
    pairs = re.findall(r"(\d+) collisions?<", told)
    assert len(pairs) == 10
    assert [int(many) for many in pairs] == sorted(map(int, pairs), reverse=True)


@pytest.mark.parametrize(("a", "b"), list(combinations(FIVE, 2)))
def test_the_choice_counts_what_the_comparison_shows(corpus, client, compare, a, b):
    told = client.get("/compare/").content.decode()
    row = re.search(rf'a=({a}|{b})&amp;b=({a}|{b})".*?(\d+) collision.*?(\d+) claim', told, re.DOTALL)
    shown = compare(a, b)
    assert f'<a href="#collisions">Collisions <span class="count">{row[3]}</span>' in shown
    assert f'<a href="#shared">Shared <span class="count">{row[4]}</span>' in shown


@pytest.mark.parametrize("query", ["a=luke-posey", "b=luke-posey", "a=luke-posey&b="])
def test_one_author_alone_is_chosen_already(corpus, client, query):
    assert '<option value="luke-posey" selected>' in client.get(f"/compare/?{query}").content.decode()


def test_both_are_chosen_on_their_comparison_and_can_be_swapped(posey_and_omont):
    assert re.findall(r'<option value="([^"]+)" selected>', posey_and_omont) == [POSEY, OMONT]
    assert 'href="?a=nicolas-omont&amp;b=luke-posey"' in posey_and_omont


def test_the_same_author_twice_is_told_so(corpus, client):
    answer = client.get("/compare/?a=luke-posey&b=luke-posey")
    assert (answer.status_code, "Choose two different ones" in answer.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("a=nobody&b=luke-posey", 404),
        ("a=luke-posey&b=nobody", 404),
        ("a=nobody", 404),
        ("a=nobody&b=nobody", 404),
        ("motion=none", 404),
        ("c=luke-posey", 400),
        ("a=luke-posey&a=nicolas-omont", 400),
        ("a=%00", 400),
        ("a=" + "x" * 200, 400),
    ],
)
def test_what_makes_no_sense_is_refused(corpus, client, query, status):
    assert client.get(f"/compare/?{query}").status_code == status


def test_an_author_of_another_motion_is_not_known_here(corpus, client):
    other = EssayFactory()
    assert client.get(f"/compare/?a=luke-posey&b={other.authors.get().slug}").status_code == 404


def test_an_author_page_leads_to_comparisons_with_every_other_author(corpus, client):
    html = client.get("/authors/luke-posey/").content.decode()
    assert set(re.findall(r'href="/compare/\?a=luke-posey&amp;b=([^"]+)"', html)) == set(FIVE) - {POSEY}


def test_comparisons_from_an_author_page_stay_on_its_motion(db, client):
    motion = MotionFactory(slug="elsewhere")
    one, other = EssayFactory(motion=motion).authors.get(), EssayFactory(motion=motion).authors.get()
    html = client.get(one.get_absolute_url()).content.decode()
    assert f'href="/compare/?a={one.slug}&amp;b={other.slug}&amp;motion=elsewhere"' in html


# Small, odd and large motions.


@pytest.fixture
def motion(db):
    motion = MotionFactory(featured=True)
    for slug in ("yes", "no"):
        side = SideFactory(motion=motion, slug=slug)
        side.thesis = ClaimFactory(motion=motion, slug=f"thesis-{slug}", side=side)
        side.save()
    return motion


def writer(motion, slug, stances, **facts):
    """An author of one more essay on the motion, with stances on claims."""
    author = Author.objects.filter(slug=slug).first() or AuthorFactory(slug=slug, short_name=slug.title())
    essay = EssayFactory(motion=motion, authors=[author], **facts)
    for number, (claim, kind) in enumerate(stances.items()):
        speaker = {"speaker": "Somebody"} if kind == "reports" else {}
        PassageFactory(stance=StanceFactory(essay=essay, claim=claim, kind=kind), number=number + 1, **speaker)
    return essay


@pytest.mark.parametrize("essays", [0, 1])
def test_too_few_authors_to_compare_is_said(motion, client, essays):
    for number in range(essays):
        writer(motion, f"author-{number}", {})
    html = client.get("/compare/").content.decode()
    assert "Two authors are needed to compare" in html
    assert 'class="picker"' not in html


def test_two_with_nothing_between_them_can_still_be_chosen(motion, client):
    writer(motion, "one", {})
    writer(motion, "two", {})
    assert "No claim or counterpoint joins any two" in client.get("/compare/").content.decode()


def test_two_with_nothing_between_them_say_so_everywhere(motion, compare):
    writer(motion, "one", {})
    writer(motion, "two", {})
    told = words(compare("one", "two"))
    assert "No claim is held by both." in told
    assert "Nowhere that can be followed from the theses" in told
    assert "No counterpoint joins what the one holds" in told
    assert "One concedes nothing that Two asserts." in told
    assert "Nobody here counters what One asserts." in told
    assert "No prediction is read from both." in told


def test_where_nobody_parts_there_is_nothing_to_vote_on(motion, compare):
    writer(motion, "one", {})
    writer(motion, "two", {})
    assert 'id="readers"' not in compare("one", "two")


def test_what_both_deny_is_shared(motion, compare):
    claim = ClaimFactory(motion=motion)
    writer(motion, "one", {claim: "denies"})
    writer(motion, "two", {claim: "denies"})
    refresh(motion)
    assert claim.get_absolute_url() in part(compare("one", "two"), "shared")


def test_what_an_author_wrote_last_counts(motion, compare):
    claim = ClaimFactory(motion=motion)
    writer(motion, "one", {claim: "asserts"}, published_on="2021-01-01")
    writer(motion, "one", {claim: "denies"}, published_on="2022-01-01")
    writer(motion, "two", {claim: "denies"})
    refresh(motion)
    assert "One denies" in words(part(compare("one", "two"), "shared"))


def test_what_an_author_only_reports_does_not_take_back_what_they_said(motion, compare):
    claim = ClaimFactory(motion=motion)
    writer(motion, "one", {claim: "asserts"}, published_on="2021-01-01")
    writer(motion, "one", {claim: "reports"}, published_on="2022-01-01")
    writer(motion, "two", {claim: "asserts"})
    refresh(motion)
    assert "One asserts" in words(part(compare("one", "two"), "shared"))


def test_opposite_stances_are_found_beneath_a_chain(motion, compare):
    near, far = ClaimFactory(motion=motion), ClaimFactory(motion=motion)
    RelationFactory(source=near, kind="supports", target_claim=Claim.objects.get(slug="thesis-yes"))
    RelationFactory(source=far, kind="supports", target_claim=near)
    writer(motion, "one", {far: "asserts"})
    writer(motion, "two", {far: "denies"})
    refresh(motion)
    told = words(part(compare("one", "two"), "parting"))
    assert "At a claim that the one accepts and the other denies." in told
    assert f"supported by {near.text} supported by {far.text}" in told


def test_an_undercut_of_an_undercut_collides_with_who_drew_that(motion, compare):
    thesis, reason, doubt, reply = Claim.objects.get(slug="thesis-yes"), *(ClaimFactory(motion=motion) for _ in "abc")
    support = RelationFactory(source=reason, kind="supports", target_claim=thesis)
    undercut = RelationFactory(source=doubt, kind="undercuts", target_claim=None, target_relation=support)
    RelationFactory(source=reply, kind="undercuts", target_claim=None, target_relation=undercut)
    undercut.drawn_by.add(writer(motion, "one", {doubt: "asserts"}))
    writer(motion, "two", {reply: "asserts"})
    refresh(motion)
    told = words(part(compare("one", "two"), "parting"))
    assert "The counterpoint grants the claim, and denies that it undercuts what it is aimed at." in told


def test_an_essay_without_an_author_speaks_for_nobody(motion, client):
    EssayFactory(motion=motion, authors=[])
    assert "Two authors are needed" in client.get("/compare/").content.decode()


def test_a_draft_is_compared_with_nobody(motion, client):
    writer(motion, "one", {})
    writer(motion, "two", {}, status="draft")
    assert client.get("/compare/?a=one&b=two").status_code == 404


def test_a_motion_that_is_not_featured_keeps_its_name_in_every_link(db, client):
    motion = motion_with_claims(2)
    claim = Claim.objects.filter(motion=motion).first()
    one, two = (writer(motion, slug, {claim: "asserts"}).authors.get().slug for slug in ("one", "two"))
    refresh(motion)
    html = client.get("/compare/", {"motion": motion.slug}).content.decode()
    assert f'href="/compare/?a={one}&amp;b={two}&amp;motion={motion.slug}"' in html
    assert f'<input type="hidden" name="motion" value="{motion.slug}">' in html


@pytest.fixture
def many(motion):
    """Two authors with a hundred of everything between them."""
    with as_one_edition():
        a_hundred_of_everything(motion)
    refresh(motion)
    return motion


def a_hundred_of_everything(motion):
    thesis = Claim.objects.get(slug="thesis-yes")
    held, struck, shared, conceded = ([ClaimFactory(motion=motion) for _ in range(100)] for _ in range(4))
    one = writer(motion, "one", dict.fromkeys([*held, *shared], "asserts") | dict.fromkeys(conceded, "concedes"))
    two = writer(motion, "two", dict.fromkeys([*struck, *shared, *conceded, thesis], "asserts"))
    for source, target in zip(held, struck, strict=True):
        RelationFactory(source=target, kind="supports", target_claim=thesis)
        RelationFactory(source=source, target_claim=target)
        RelationFactory(source=target, kind="qualifies", target_claim=source)
    for number in range(40):
        prediction = PredictionFactory(motion=motion, essay=one)
        for essay in (one, two):
            Reading.objects.create(
                essay=essay, prediction=prediction, low=0.1, high=0.2 + number / 100, paragraph=1, note="So."
            )


def test_long_lists_are_cut_and_say_how_much_they_leave_out(many, compare):
    told = words(compare("one", "two"))
    assert "and 180 more, among all claims that One speaks to" in told
    assert "and 79 more, among all counterpoints to what Two asserts" in told
    assert "and 25 more predictions" in told


def test_a_page_between_two_who_share_hundreds_of_things_stays_light(many, client):
    assert len(client.get("/compare/?a=one&b=two").content) < 300_000


@pytest.mark.parametrize("who", ["client", "member_client"])
@pytest.mark.parametrize("address", ["/compare/", ADDRESS])
def test_it_asks_at_most_twelve_questions(corpus, who, address, request, django_assert_max_num_queries):
    browser = request.getfixturevalue(who)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200


def test_it_asks_at_most_twelve_questions_for_hundreds_of_rows(many, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/compare/?a=one&b=two")


def test_it_asks_at_most_twelve_questions_once_revealed(corpus, member_client, thesis, django_assert_max_num_queries):
    readers(corpus, thesis, thesis.side, agree=2, disagree=0)
    member_client.post(f"/motions/{corpus.slug}/reveal/")
    with django_assert_max_num_queries(12):
        assert "Too early" in member_client.get(ADDRESS).content.decode()


def test_seen_again_it_asks_next_to_nothing(corpus, client, django_assert_num_queries):
    refresh(corpus)
    client.get(ADDRESS)
    with django_assert_num_queries(2):
        client.get(ADDRESS)


def test_an_edit_shows_at_once(corpus, client):
    client.get(ADDRESS)
    Relation.objects.filter(rationale__startswith="Exposure to models").delete()
    refresh(corpus)
    assert "Exposure to models" not in client.get(ADDRESS).content.decode()


# The page as such.


@pytest.mark.parametrize(
    "address", ["/compare/", "/compare/?a=luke-posey", ADDRESS, "/compare/?a=tds-author&b=tds-author"]
)
def test_it_is_well_made(corpus, client, address):
    html = client.get(address).content.decode()
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert (len(ids), html.count("<h1")) == (len(set(ids)), 1)
    assert re.search(r'<meta name="description" content="[^"]{20,}">', html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", html)


def test_it_stands_among_the_views_of_the_whole(posey_and_omont):
    assert '<a href="/compare/" aria-current="page">Compare</a>' in posey_and_omont


def test_motions_of_their_own_are_compared_by_name(corpus, client):
    other = MotionFactory(slug="other")
    assert Motion.objects.filter(featured=True).count() == 1
    assert client.get(f"/compare/?motion={other.slug}").status_code == 200
