"""The desk's pages of a revision: from a rule to its new version, replayed, handed over and published."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.models import User
from incentives.models import PolicyRule, RuleReplay, RuleRevision, SupportedProduct
from incentives.revising import acts, replaying
from incentives.revising.generated import Generated
from incentives.revising.past import SOURCES
from tests.incentives.revisions import NEXT_YEAR, administrator, draft, replayed, revision, rule_of, stricter
from tests.walk import official

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def few_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred and twenty generated cases: three pages of differences."""
    monkeypatch.setitem(SOURCES, "generated", Generated(120))


@pytest.fixture
def drafter() -> User:
    return administrator()


@pytest.fixture
def second() -> User:
    return administrator()


def desk(user: User) -> Client:
    user.language = "en"
    user.save()
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page(name: str, *numbers: int) -> str:
    return reverse(f"admin:incentives_rulerevision_{name}", args=numbers)


def fields_of(client: Client, address: str) -> dict[str, Any]:
    """What a form says before anybody types."""
    form = client.get(address).context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form}


def test_from_a_rule_to_its_new_version_and_to_law(drafter: User, second: User) -> None:
    first, other, rule = desk(drafter), desk(second), rule_of("c1")
    start = f"{page('add')}?rule={rule.pk}"
    assert start in first.get(reverse("admin:incentives_policyrule_change", args=[rule.pk])).text.replace("&amp;", "&")
    said = {"title": "C1 anew", "why": "Decree 400/2026", "source": "400/2026/NĐ-CP", "effective_on": "2027-01-01"}
    late = first.post(start, said | {"effective_on": "2026-01-01", "why": ""})
    assert (late.status_code, set(late.context["form"].errors)) == (422, {"effective_on", "why"})
    to_draft = first.post(start, said)
    assert to_draft.status_code == 302
    within = RuleRevision.objects.get(title="C1 anew")

    typed = fields_of(first, to_draft["Location"])
    assert (typed["version"], typed["text_vi"]) == (rule.version, rule.text_vi)
    wrong = first.post(to_draft["Location"], typed | {"name_en": "", "scope": '{"colour": ["red"]}', "version": "400"})
    assert wrong.status_code == 422
    assert wrong.context["form"]["version"].value() == "400", "nothing typed is lost"
    assert {"name_en", "scope"} <= set(wrong.context["form"].errors), "all errors at once"
    assert first.post(to_draft["Location"], typed | {"version": "400/2026"}).status_code == 302

    answer = first.get(within.get_absolute_url())
    assert "<del>" in answer.text
    assert "<ins>400/2026</ins>" in answer.text
    assert first.post(page("replay_start", within.pk), {"cases": "generated"}).status_code == 302
    replay = within.replays.get()
    assert first.get(page("progress", within.pk, replay.pk)).json()["running"] is True
    replaying.run(replay.pk)
    assert first.get(page("progress", within.pk, replay.pk)).json() == {
        "done": 120, "total": 120, "differing": 0, "state": "done", "running": False,
        "words": "120 of 120 cases judged, 0 differ",
    }  # fmt: skip
    assert first.post(page("hand_over", within.pk)).status_code == 302
    assert "second person" in first.get(within.get_absolute_url()).text

    own = first.post(page("publish", within.pk))
    assert own.status_code == 403
    assert "a second person publishes it" in own.text
    assert "It cannot be published yet" not in other.get(page("publish", within.pk)).text
    assert other.post(page("publish", within.pk)).status_code == 302
    assert PolicyRule.objects.get(code="c1", valid_from=NEXT_YEAR).version == "400/2026"
    assert other.get(within.get_absolute_url()).status_code == 200
    history = other.get(reverse("admin:incentives_policyrule_history", args=[rule.pk]))
    assert f"#{within.pk} C1 anew" in history.text


def test_a_refused_publication_says_why_and_changes_nothing(drafter: User, second: User) -> None:
    within = acts.hand_over(stricter(drafter), by=drafter)
    answer = desk(second).post(page("publish", within.pk))
    assert answer.status_code == 409
    assert "No finished replay holds for exactly this state" in answer.text
    assert PolicyRule.objects.filter(valid_from=NEXT_YEAR).count() == 0


def test_many_lines_are_confirmed_at_once_or_none(drafter: User) -> None:
    within, client = revision(drafter), desk(drafter)
    rows = list(SupportedProduct.objects.filter(confirmed_on=None)[:7])
    start = f"{page('add')}?product={rows[0].pk}"
    assert start in client.get(reverse("admin:incentives_supportedproduct_change", args=[rows[0].pk])).text
    assert f"{page('choose', within.pk)}?q={rows[0].code}" in client.get(start).text, "into an open revision"
    chosen = client.get(page("choose", within.pk), {"q": rows[0].code})
    assert rows[0].code in chosen.text
    address = f"{page('draft', within.pk)}?target=product&act=confirm&" + "&".join(f"row={row.pk}" for row in rows)
    said = {"confidence": "seen", "confirmed_by": "Ms Hà", "confirmed_on": ""}
    assert client.post(address, said).status_code == 422
    assert within.drafts.count() == 0
    assert client.post(address, said | {"confirmed_on": "2026-11-20"}).status_code == 302
    assert within.drafts.filter(row__confirmed_by="Ms Hà").count() == 7
    line = within.drafts.first()
    assert line is not None
    assert client.post(page("draft_edit", within.pk, line.pk), {"drop": "1"}).status_code == 302
    assert within.drafts.filter(dropped=False).count() == 6


def test_the_differences_are_paged_filtered_and_fetched_as_csv(drafter: User) -> None:
    within, client = stricter(drafter), desk(drafter)
    replay = replayed(within)
    address, met = page("replay", within.pk, replay.pk), list[str]()
    following = "?"
    while following:
        answer = client.get(address + following)
        met += [one.line.reference for one in answer.context["lines"]]
        following = answer.context["next_url"]
    assert len(met) == len(set(met)) == replay.differing > 100
    assert "becomes" in answer.text
    narrow = {"weight": "decision", "code": "readiness"}
    found = client.get(address, narrow)
    wanted = set(replay.lines.filter(weight="decision").values_list("reference", flat=True)[:50])
    assert {one.line.reference for one in found.context["lines"]} == wanted
    assert [one.line.reference for one in client.get(address, {"q": met[3]}).context["lines"]] == [met[3]]
    assert client.get(address, {"weight": "nonsense", "line": "x"}).status_code == 200

    fetched = client.get(page("csv", within.pk, replay.pk), narrow)
    text = b"".join(fetched.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["Case"] for row in rows} == set(
        replay.lines.filter(weight="decision").values_list("reference", flat=True)
    )
    assert {row["Rule before"] for row in rows} >= {"Evidence missing"}
    assert {row["Rule after"] for row in rows if row["Rule"].startswith("readiness")} == {"No condition"}


def test_a_cell_of_the_csv_is_never_a_formula(drafter: User) -> None:
    within = stricter(drafter)
    replay = replaying.start(within, by=drafter)
    replaying.run(replay.pk)
    line = replay.lines.first()
    assert line is not None
    line.pk, line.case_key, line.label = None, 999, "=HYPERLINK(1)"
    line.save()
    fetched = desk(drafter).get(page("csv", within.pk, replay.pk), {"q": line.reference})
    assert ",'=HYPERLINK(1)," in b"".join(fetched.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_running_replay_is_cancelled_by_its_button_once(drafter: User) -> None:
    within, client = stricter(drafter), desk(drafter)
    replay = replaying.start(within, by=drafter)
    replaying.step(replay.pk, size=50)
    assert "50 of 120 cases judged" in client.get(within.get_absolute_url()).text
    assert client.post(page("cancel", within.pk, replay.pk)).status_code == 302
    assert client.post(page("cancel", within.pk, replay.pk)).status_code == 409
    replay.refresh_from_db()
    assert replay.state == RuleReplay.State.CANCELLED


def test_published_rows_are_read_and_not_edited_by_anybody(drafter: User) -> None:
    operator = User.objects.create_superuser("operator@office.example", "a-long-password")
    for user in (drafter, operator):
        client = desk(user)
        for name, row in (
            ("policyrule", rule_of("c1")),
            ("supportedproduct", SupportedProduct.objects.get(code="ELEC-03")),
        ):
            address = reverse(f"admin:incentives_{name}_change", args=[row.pk])
            assert client.get(address).status_code == 200
            assert client.post(address, {"code": "other"}).status_code == 403
            assert client.get(reverse(f"admin:incentives_{name}_add")).status_code == 403
            assert client.get(reverse(f"admin:incentives_{name}_history", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("role", roles.ROLES)
def test_who_reads_who_drafts_and_who_publishes(role: str, drafter: User) -> None:
    within = stricter(drafter)
    replay = replayed(within)
    acts.hand_over(within, by=drafter)
    client = desk(official(role))
    reads, publishes = role != roles.STATISTICIAN, role in (roles.SIGNER, roles.ADMINISTRATOR)
    for name, numbers in (("changelist", ()), ("change", (within.pk,)), ("replay", (within.pk, replay.pk)),
                          ("progress", (within.pk, replay.pk)), ("csv", (within.pk, replay.pk))):  # fmt: skip
        assert client.get(page(name, *numbers)).status_code == (200 if reads else 403), name
    assert client.get(page("add")).status_code == (200 if role == roles.ADMINISTRATOR else 403)
    for name, answered in {"replay_start": 302, "publish": 409, "send_back": 302}.items():  # a replay is running
        assert client.post(page(name, within.pk)).status_code == (answered if publishes else 403), name


def test_no_page_needs_more_queries_for_more_drafts_and_lines(drafter: User) -> None:
    client, small, large = desk(drafter), stricter(drafter), stricter(drafter, title="Large")
    for row in SupportedProduct.objects.filter(code__startswith="ELEC")[:12]:
        draft(large, "confirm", row, confidence="seen", confirmed_by="Ms Hà", confirmed_on="2026-11-20")
    for within in (small, large):
        for _turn in range(3):
            replayed(within)
    counted: dict[str, list[int]] = {}
    for within in (small, large):
        last = within.replays.latest("pk")
        for name, numbers in (("changelist", ()), ("change", (within.pk,)), ("replay", (within.pk, last.pk)),
                              ("choose", (within.pk,)), ("edit", (within.pk,)), ("publish", (within.pk,)),
                              ("progress", (within.pk, last.pk))):  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page(name, *numbers)).status_code == 200
            counted.setdefault(name, []).append(len(queries))
    assert all(few == many <= MOST_QUERIES for few, many in counted.values()), counted


def test_a_stale_result_is_shown_as_stale(drafter: User) -> None:
    within, client = stricter(drafter), desk(drafter)
    replayed(within)
    assert "It holds for exactly this state" in client.get(within.get_absolute_url()).text
    acts.describe(within, by=drafter, effective_on=timezone.localdate() + timedelta(days=90))
    assert "it no longer holds" in client.get(within.get_absolute_url()).text
