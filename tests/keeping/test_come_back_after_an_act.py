"""A form on any page of the site may ask to come back to that page after what it does."""

import pytest

from tests.factories import PredictionFactory, motion_with_claims

pytestmark = pytest.mark.django_db
BACK = "/you/votes/?answer=agree"
ACTS = {
    "vote": {"value": "agree"},
    "forecast": {"percent": "40"},
    "ballot": {"phase": "before", "side": "yes"},
    "tags": {"name": "Wages"},
}
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "you/", "/a\r\nb"]


@pytest.fixture
def address_of(db):
    """Where each sort of act is sent."""
    motion = motion_with_claims(1, featured=True)
    prediction = PredictionFactory(motion=motion, essay=motion.essays.get())
    things = {"vote": motion.claims.get(), "forecast": prediction, "ballot": motion, "tags": motion.claims.get()}
    return lambda act: f"{things[act].get_absolute_url()}{act}/"


@pytest.mark.parametrize("act", ACTS)
def test_an_act_leads_back_to_the_page_that_asked_for_it(reader_client, address_of, act):
    answer = reader_client.post(address_of(act), {**ACTS[act], "next": BACK})
    assert (answer.status_code, answer["Location"]) == (303, BACK)


def test_taking_a_tag_back_leads_back_too(reader_client, address_of):
    reader_client.post(address_of("tags"), ACTS["tags"])
    answer = reader_client.post(address_of("tags"), {"withdraw": "wages", "next": BACK})
    assert answer["Location"] == BACK


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_it_leads_to_no_other_site(reader_client, address_of, act, elsewhere):
    answer = reader_client.post(address_of(act), {**ACTS[act], "next": elsewhere})
    assert answer["Location"].startswith(address_of(act).removesuffix(f"{act}/"))
