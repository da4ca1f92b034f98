"""At 20,000 cases: at most 12 queries for any queue page, 25 for any page of a case, and never a count or an offset."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.desk.case_file import SECTIONS
from cases.desk.tiles import tiles_for
from cases.models import Case
from cases.states import Status
from tests.bench.crowd import make_crowd
from tests.cases.desk.pages import page, queue, references
from tests.walk import Cast, kinds, walk

CROWD = 20_000
QUEUE_QUERIES, CASE_QUERIES = 12, 25
SignIn = Callable[[User], Client]


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Cast]:
    """20,000 cases for the tests of this module, taken back as a whole at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = Cast()
        officers = [cast["desk officer"], cast["appraiser"], cast["signer"]]
        make_crowd(CROWD, officers=officers, by=cast["preparer"])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield cast
        transaction.set_rollback(True)


def reading(client: Client, address: str) -> tuple[CaptureQueriesContext, object]:
    """The queries of one request, and its answer."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return queries, answer


VIEWS = [
    {},
    {"status": "all"},
    {"status": "ended", "sort": "newest"},
    {"status": "awaiting_investor"},
    {"whose": "mine", "sort": "amount"},
    {"whose": "unassigned", "kind": "petition", "authority": "HEZA"},
    {"due": "overdue"},
    {"due": "soon", "answered": "1"},
    {"q": "dinh vu"},
    {"q": "HP-BN-012345"},
    {"q": "nam đình vũ khuôn", "status": "accepted", "sort": "newest"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("choices", VIEWS, ids=lambda choices: "+".join(choices) or "plain")
def test_a_queue_page_takes_at_most_12_queries_at_20_000_cases(
    crowd: Cast, sit_down: SignIn, choices: dict[str, str]
) -> None:
    queries, answer = reading(sit_down(crowd["signer"]), queue(**choices))
    assert references(answer), "the view is empty, so it proves nothing"
    assert len(queries) <= QUEUE_QUERIES, "\n".join(query["sql"] for query in queries)
    statements = [query["sql"] for query in queries]
    assert not [sql for sql in statements if "OFFSET" in sql or ("COUNT(" in sql and "cases_case" in sql)]


@pytest.mark.django_db
def test_a_deep_page_takes_as_many_queries_as_the_first(crowd: Cast, sit_down: SignIn) -> None:
    client = sit_down(crowd["signer"])
    first, answer = reading(client, queue(status="all", sort="newest"))
    place = Case.objects.order_by("submitted_at", "id")[CROWD // 2]
    cursor = f"{place.submitted_at}~{place.pk}"
    deep, answer = reading(client, queue(status="all", sort="newest", after=cursor))
    assert len(references(answer)) == 50
    assert len(deep) <= len(first)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("name", [*SECTIONS, "approve", "assign", "send_back"])
def test_a_page_of_a_case_takes_at_most_25_queries_between_20_000(
    crowd: Cast, sit_down: SignIn, name: str, kind: str
) -> None:
    case = walk(kind, Status.PROPOSED, crowd)
    queries, _answer = reading(sit_down(crowd["signer"]), page(case, name, list="status=all"))
    assert len(queries) <= CASE_QUERIES, "\n".join(query["sql"] for query in queries)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("name", ["propose", "request_supplement", "request_explanation", "hold", "ask_opinion"])
def test_a_page_of_the_appraiser_takes_at_most_25_queries(crowd: Cast, sit_down: SignIn, name: str, kind: str) -> None:
    case = walk(kind, Status.ACCEPTED, crowd)
    queries, _answer = reading(sit_down(crowd["appraiser"]), page(case, name, list=""))
    assert len(queries) <= CASE_QUERIES, "\n".join(query["sql"] for query in queries)


@pytest.mark.django_db
def test_the_landing_counts_in_one_query(crowd: Cast, sit_down: SignIn) -> None:
    queries, _answer = reading(sit_down(crowd["signer"]), "/admin/")
    assert len(queries) <= QUEUE_QUERIES, "\n".join(query["sql"] for query in queries)
    counting = [query["sql"] for query in queries if 'COUNT("cases_case' in query["sql"]]
    assert len(counting) == 1
    figures = {tile.key: tile.figure for tile in tiles_for(crowd["signer"])}
    waiting = Case.objects.still_open()
    assert figures["mine"] == waiting.filter(officer=crowd["signer"]).count()
    assert figures["signature"] == waiting.filter(status=Status.PROPOSED).count()


@pytest.mark.django_db
def test_walking_through_all_pages_meets_every_case_once(crowd: Cast, sit_down: SignIn) -> None:
    client, address, met = sit_down(crowd["signer"]), queue(whose="unassigned", sort="amount"), list[str]()
    while address:
        answer = client.get(address)
        met += references(answer)
        following = answer.context["queue"].next_url
        address = queue() + following.removeprefix("?") if following else ""
    wanted = Case.objects.still_open().filter(officer=None).values_list("reference", flat=True)
    assert sorted(met) == sorted(wanted)
    assert len(met) > 500
