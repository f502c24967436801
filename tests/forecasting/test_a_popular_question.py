"""A hundred thousand forecasts on one prediction: no page reads them all, nor does a forecast."""

import re

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debate.actions.corpus import refresh
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.recounting import recount_crowd
from debate.cookies import READER_COOKIE
from debate.models import CrowdDay, Forecast, PredictionCrowd, User
from debate.reasoning.aggregation import NEWEST
from tests.factories import GuestFactory, MotionFactory, PredictionFactory

pytestmark = pytest.mark.django_db
MANY = 100_000
OF_PREDICTION = "debate_forecast_prediction_id"
"""What the index on the prediction alone begins with: whoever goes by it meets all of a prediction's forecasts."""
NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"


def copied(model, row, **columns):
    """Many more rows like this one, but for what is told of some columns, in terms of n. By the database alone."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    told = ", ".join(columns.get(field.attname, f'"{field.column}"') for field in fields)
    names = ", ".join(f'"{field.column}"' for field in fields)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {table} ({names}) {NUMBERS} SELECT {told} FROM {table}, numbers WHERE id = %s"  # noqa: S608
        cursor.execute(sql, [MANY, row.pk])


@pytest.fixture
def popular(db):
    prediction = PredictionFactory(motion=MotionFactory(featured=True))
    refresh(prediction.motion)
    first = GuestFactory()
    copied(User, first, username="'one of many ' || n")
    forecast = Forecast.objects.create(user=first, prediction=prediction, probability=0.5)
    copied(Forecast, forecast, user_id=f"{first.pk} + n", probability="0.05 + (n %% 90) / 100.0")
    recount_crowd(prediction=prediction.pk)
    numbers = {"forecasters": MANY, "median": 0.5, "lower": 0.3, "upper": 0.7}
    CrowdDay.objects.create(prediction=prediction, day=prediction.opens_at.date(), **numbers)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE debate_forecast, debate_user")
    return prediction


@pytest.fixture
def one_of_many(popular, reader_client):
    """A guest among them, with a revision, whose cookie the browser has."""
    guest = User.objects.get(username="one of many 777")
    make_forecast(reader=guest, prediction=popular, probability=0.42, informed=True)
    signer = signing.get_cookie_signer(salt=READER_COOKIE + READER_COOKIE)
    reader_client.cookies[READER_COOKIE] = signer.sign(str(guest.pk))
    return guest


def plan_of(query):
    """How the database goes about a query, in lines."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + query)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def reads(queries):
    return [query["sql"] for query in queries if re.match(r"\(?SELECT", query["sql"])]


def walks(sql):
    """Whether a query looks at forecasts one after the other, or at all those of one prediction."""
    plan = plan_of(sql)
    one_by_one = re.search(r"SCAN debate_forecast\b|Seq Scan on debate_forecast\b", plan)
    return bool(one_by_one) or OF_PREDICTION in plan


def test_a_page_and_a_forecast_read_few_of_very_many(popular, one_of_many, reader_client):
    for address in (popular.get_absolute_url(), "/predictions/", "/timeline/"):
        reader_client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert reader_client.get(address).status_code == 200
        assert len(asked) <= 12
        assert [sql for sql in reads(asked) if walks(sql)] == []
    assert "Median of 100001 forecasters" in reader_client.get(popular.get_absolute_url()).content.decode()
    reads_the_newest_alone(popular, GuestFactory())


def reads_the_newest_alone(popular, reader):
    """Giving, revising and taking back: of the many, the newest make the crowd's number."""
    with CaptureQueriesContext(connection) as asked:
        make_forecast(reader=reader, prediction=popular, probability=0.9, informed=False)
        make_forecast(reader=reader, prediction=popular, probability=0.8, informed=False)
        withdraw_forecast(reader=reader, prediction=popular)
    assert [sql for sql in reads(asked) if walks(sql)] == []
    assert sum(f"LIMIT {NEWEST}" in sql for sql in reads(asked)) == 3
    assert PredictionCrowd.objects.get(prediction=popular).forecasters == MANY + 1
