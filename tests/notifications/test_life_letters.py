"""Letters about the life of a project: who is told of which act by which side, in what words, once or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import translation

from accounts.models import User
from cases.errors import WrongState
from cases.news import ACTS, ProjectNews
from cases.signals import project_moved
from certificates.models import Certificate
from notifications import checks, outbox, project_letters
from notifications.checks import every_verb_has_its_letter
from notifications.letters import LIFE, LIFE_LETTERS
from notifications.models import Message
from notifications.project_letters import NewsWriter
from notifications.states import Audience, State
from projects import life
from projects.life_models import LifeNotice
from projects.life_news import news_of
from projects.models import Project
from tests.notifications.words import Words, check_words
from tests.parallel import at_once
from tests.projects.lives import in_state, licensed, on, told
from tests.walk import Cast, member

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 15)
INVESTOR, DESK, SIGNER = "signer of the company", "desk officer", "signer"
COMPANY = ("owner", "preparer", INVESTOR, "observer")
OFFICE = (DESK, SIGNER)  # the roles that hold projects.record_life
MADE = [
    ("suspend", INVESTOR), ("suspend", DESK), ("resume", INVESTOR), ("resume", DESK), ("terminate", INVESTOR),
    ("terminate", SIGNER), ("revoke", SIGNER),
]  # fmt: skip
SAID = {  # act: (subject in Vietnamese, subject in English) after the code, as the company reads it
    "suspend": (
        "dự án ngừng hoạt động từ ngày 15/06/2026 đến hết ngày 28/06/2026",
        "the project is suspended from 15 Jun 2026 to 28 Jun 2026",
    ),
    "resume": ("dự án hoạt động trở lại từ ngày 15/06/2026", "the project works again from 15 Jun 2026"),
    "terminate": ("dự án chấm dứt hoạt động từ ngày 15/06/2026", "the project ends on 15 Jun 2026"),
    "revoke": (
        "Giấy chứng nhận bị thu hồi từ ngày 15/06/2026, dự án chấm dứt hoạt động",
        "the certificate is revoked from 15 Jun 2026, the project ends",
    ),
}
ASKED = {  # act: the same, as the office reads it; the third working day after a Monday is a Thursday
    "suspend": (
        "đã nhận thông báo ngừng hoạt động, đề nghị báo cho các cơ quan liên quan chậm nhất lúc "
        "17:00 ngày 18/06/2026 (giờ Hà Nội)",
        "a suspension was reported, please inform the other authorities by 17:00 on 18 Jun 2026 (Hanoi time)",
    ),
    "resume": (
        "đã nhận thông báo hoạt động trở lại, đề nghị báo cho các cơ quan liên quan chậm nhất lúc "
        "17:00 ngày 18/06/2026 (giờ Hà Nội)",
        "the resumption was reported, please inform the other authorities by 17:00 on 18 Jun 2026 (Hanoi time)",
    ),
    "terminate": (
        "đã nhận thông báo chấm dứt hoạt động của dự án, đề nghị báo cho các cơ quan liên quan chậm nhất lúc "
        "17:00 ngày 18/06/2026 (giờ Hà Nội)",
        "the end of the project was reported, please inform the other authorities by 17:00 on 18 Jun 2026 (Hanoi time)",
    ),
}
COMPLAIN = "you may complain to the office that took it"


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody on that day: on each side one reads Vietnamese, the others English."""
    with on(DAY):
        cast = Cast()
    for role, person in cast.people.items():
        person.language = "vi" if role in ("owner", DESK) else "en"
        person.save()
    return cast


def project_for(act: str, cast: Cast) -> Project:
    """A project that stands where the act may start, with a name in both languages."""
    project = in_state("suspended", cast) if act == "resume" else licensed(cast)
    project.name, project.name_en = "Nhà máy <Tràng Duệ> & kho", "Trang Due plant <1> & store"
    project.save(update_fields=["name", "name_en"])
    return project


def do(act: str, role: str, cast: Cast, project: Project | None = None, **changes: Any) -> LifeNotice:
    """The act, done on DAY."""
    key = changes.pop("key", "")
    with on(DAY):
        facts = told(act, DAY, **changes)
        return life.ACTS[act](project or project_for(act, cast), by=cast[role], told=facts, key=key)


def letters_of(notice: LifeNotice) -> list[Message]:
    return list(Message.objects.filter(key__startswith=f"{notice.project.code}:life-{notice.pk}:").order_by("pk"))


def letter_to(person: User, notice: LifeNotice) -> Message:
    return next(letter for letter in letters_of(notice) if letter.person_id == person.pk)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


# --- who ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("act", "role"), MADE)
def test_each_act_is_told_to_its_people_once_and_to_nobody_else(act: str, role: str, cast: Cast) -> None:
    notice = do(act, role, cast)
    letters = letters_of(notice)
    office = OFFICE if role == INVESTOR else ()
    wanted = [(cast[name].email, Audience.INVESTOR) for name in COMPANY]
    wanted += [(cast[name].email, Audience.OFFICIAL) for name in office]
    assert sorted((letter.to, letter.audience) for letter in letters) == sorted(wanted)
    for letter in letters:
        assert (letter.template, letter.event, letter.case) == (f"life-{notice.kind}", None, None)
        assert letter.person is not None
        assert letter.language == letter.person.language
        assert letter.text.startswith("Kính gửi Ông/Bà " if letter.language == "vi" else "Dear ")
    assert {letter.language for letter in letters} == {"vi", "en"}


def test_people_who_cannot_sign_in_or_whose_letter_has_ended_get_nothing(cast: Cast) -> None:
    project = project_for("suspend", cast)
    for role in ("observer", SIGNER):
        cast[role].is_active = False
        cast[role].save()
    with on(DAY):
        consultant = member(cast.organisation, "preparer", until=DAY)
    people = {letter.person for letter in letters_of(do("suspend", INVESTOR, cast, project))}
    assert people == {cast["owner"], cast["preparer"], cast[INVESTOR], consultant, cast[DESK]}


def test_an_act_of_the_office_on_a_project_without_company_tells_nobody_and_is_done(cast: Cast) -> None:
    project = project_for("terminate", cast)
    Project.objects.filter(pk=project.pk).update(organisation=None)
    notice = do("terminate", SIGNER, cast, Project.objects.get(pk=project.pk), ground="no_site")
    assert notice.project.state == Project.State.TERMINATED
    assert letters_of(notice) == []


def test_writing_costs_the_same_number_of_queries_for_few_and_for_many_readers(cast: Cast) -> None:
    project, counts = project_for("suspend", cast), []
    notice = do("suspend", DESK, cast, project)
    for extra in (1, 30):
        for _number in range(extra):
            member(cast.organisation, "observer", language="vi")
        with on(DAY), CaptureQueriesContext(connection) as queries:
            assert len(project_letters.write(news_of(notice))) == extra
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5


# --- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("act", "role"), MADE)
def test_every_letter_is_whole_and_says_what_and_from_when_in_its_readers_language(
    act: str, role: str, cast: Cast
) -> None:
    notice = do(act, role, cast, reason="Thiếu <đơn> hàng.\nChờ quý sau.")
    page = f"/projects/{notice.project.code}/#life"
    for letter in letters_of(notice):
        english = letter.language == "en"
        check_words(
            letter, f"{notice.project.code}: ", ("Nhà máy <Tràng Duệ> & kho", "Trang Due plant <1> & store")[english]
        )
        official = letter.audience == Audience.OFFICIAL
        assert letter.subject == f"{notice.project.code}: {(ASKED if official else SAID)[act][english]}"
        assert f'<html lang="{letter.language}">' in letter.html
        assert ("15 Jun 2026" if english else "15/06/2026") in letter.text
        assert "Thiếu <đơn> hàng.\nChờ quý sau." in letter.text
        assert "Thiếu &lt;đơn&gt; hàng.<br>Chờ quý sau." in letter.html
        assert f"({notice.clause})" in letter.text
        assert Words(letter.html).links == [f"http://127.0.0.1:8000{page}"]
        assert page in letter.text
        assert ("Open the project:" if english else "Mở trang dự án:") in letter.text
        if official:
            deadline = "17:00 on 18 Jun 2026 (Hanoi time)" if english else "17:00 ngày 18/06/2026 (giờ Hà Nội)"
            assert letter.text.count(deadline) == 1
    assert resolve(page.removesuffix("#life")).url_name == "project-detail"


@pytest.mark.parametrize(("act", "role"), MADE)
def test_a_letter_has_no_sentence_of_the_other_language(act: str, role: str, cast: Cast) -> None:
    notice = do(act, role, cast)
    cast.people["second reader"] = member(cast.organisation, "observer", language="vi")
    with on(DAY):
        project_letters.write(news_of(notice))
    vietnamese = letter_to(cast["owner"], notice)
    english = letter_to(cast["preparer"], notice)
    lines = [{line for line in letter.text.splitlines() if " " in line} for letter in (vietnamese, english)]
    typed = {"Thiếu đơn hàng.", *(line for line in lines[0] if cast.organisation.name in line and ": " in line)}
    assert lines[0] & lines[1] <= typed | {"-- "}, lines[0] & lines[1]
    again = letter_to(cast["second reader"], notice)
    assert again.text == vietnamese.text.replace(
        cast["owner"].get_full_name(), cast["second reader"].get_full_name()
    )  # the same words for everybody who reads the same language


def test_the_company_is_told_who_of_it_acted_but_not_which_official(cast: Cast) -> None:
    own = letter_to(cast["preparer"], do("suspend", INVESTOR, cast))
    assert f"{cast[INVESTOR]} reported to the office" in own.text
    for act, role in (("suspend", DESK), ("terminate", SIGNER), ("revoke", SIGNER)):
        other = letter_to(cast["preparer"], do(act, role, cast))
        assert "The office recorded at 09:00 on 15 Jun 2026 (Hanoi time) that" in other.text
        assert str(cast[role]) not in other.text + other.html
        assert cast[role].email not in other.text + other.html


@pytest.mark.parametrize(
    ("act", "role", "ground", "may_complain"),
    [
        ("revoke", SIGNER, "no_deposit", True),
        ("terminate", SIGNER, "no_site", True),
        ("terminate", SIGNER, "own_decision", False),
        ("terminate", INVESTOR, "own_decision", False),
        ("suspend", DESK, "suspended_by_authority", True),
        ("suspend", DESK, "suspended_by_investor", False),
    ],
)
def test_the_way_to_complain_is_shown_where_an_authority_decided(
    act: str, role: str, ground: str, may_complain: bool, cast: Cast
) -> None:
    notice = do(act, role, cast, ground=ground)
    told_company = [letter for letter in letters_of(notice) if letter.language == "en"]
    assert len(told_company) >= 3
    for letter in told_company:
        assert (COMPLAIN in letter.text) == (may_complain and letter.audience == Audience.INVESTOR)


@pytest.mark.parametrize(
    ("act", "role", "stands", "ended"),
    [
        ("suspend", INVESTOR, "Suspended", ""),
        ("resume", INVESTOR, "Active", ""),
        ("terminate", INVESTOR, "Terminated", "Surrendered"),
        ("revoke", SIGNER, "Terminated", "Revoked"),
    ],
)
def test_the_table_says_where_project_and_certificate_stand_afterwards(
    act: str, role: str, stands: str, ended: str, cast: Cast
) -> None:
    notice = do(act, role, cast)
    lines = letter_to(cast["preparer"], notice).text.splitlines()
    assert f"Where it stands: {stands}" in lines
    certificate = [line for line in lines if line.startswith("Certificate: ")]
    number = Certificate.objects.get(case=notice.project.case).number
    assert certificate == ([f"Certificate: {number} ({ended})"] if ended else [])


def test_a_late_notice_is_called_late_on_both_sides_with_the_day_it_was_due(cast: Cast) -> None:
    notice = do("suspend", INVESTOR, cast, decided_on=date(2026, 6, 1))
    assert notice.late
    for letter in letters_of(notice):
        due = "1 Jun 2026" if letter.language == "en" else "01/06/2026"
        assert due in letter.text
        assert ("kept as late" if letter.language == "en" else "trễ hạn") in letter.text
    in_time = do("suspend", INVESTOR, cast)
    assert not any("kept as late" in letter.text for letter in letters_of(in_time))


def test_where_no_law_names_a_day_the_office_is_asked_without_one(cast: Cast) -> None:
    notice = do("resume", INVESTOR, cast)
    notice.project = Project.objects.get(pk=notice.project_id)
    news = news_of(notice)
    without = ProjectNews(**{**vars(news), "inform_by": None})
    written = NewsWriter(without).write(cast[SIGNER], Audience.OFFICIAL)
    check_words(written, f"{news.code}: ", news.name("en"))
    assert written.subject.endswith("please inform the other authorities")
    assert "Please inform the other authorities, and write it down" in written.text


def test_the_language_of_the_letter_is_the_persons_and_not_that_of_the_page(cast: Cast) -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            notice = do("terminate", INVESTOR, cast)
            assert translation.get_language() == language
        assert "Where it stands: Terminated" in letter_to(cast["preparer"], notice).text
        assert "Tình trạng: " in letter_to(cast["owner"], notice).text


# --- with the act or not at all -------------------------------------------------------------------------------------
def test_an_act_sent_twice_is_told_once(cast: Cast) -> None:
    project = project_for("suspend", cast)
    first = do("suspend", INVESTOR, cast, project, key="one")
    count = Message.objects.count()
    assert do("suspend", INVESTOR, cast, project, key="one") == first
    assert project_letters.write(news_of(first)) == []
    with pytest.raises(WrongState):
        do("suspend", INVESTOR, cast, project, key="two")
    assert Message.objects.count() == count
    assert len(letters_of(first)) == len(COMPANY) + len(OFFICE)


@pytest.mark.parametrize(("act", "role"), MADE)
def test_a_letter_that_cannot_be_written_undoes_the_act(
    act: str, role: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_for(act, cast)
    before = (project.state, project.events.count(), project.life_notices.count(), Message.objects.count())

    def fail(_writer: NewsWriter, _language: str) -> None:
        raise RuntimeError("a template that is broken")

    monkeypatch.setattr(NewsWriter, "_rows", fail)
    with pytest.raises(RuntimeError, match="broken"):
        do(act, role, cast, project)
    kept = Project.objects.get(pk=project.pk)
    assert (kept.state, kept.events.count(), kept.life_notices.count(), Message.objects.count()) == before
    assert Certificate.objects.get(case=project.case).state == "valid"


def test_whoever_listens_can_undo_the_act(cast: Cast) -> None:
    project, heard = project_for("terminate", cast), []

    def refuse(sender: type[Project], news: ProjectNews, **kwargs: Any) -> None:
        heard.append((sender, news.kind, news.code, str(news.state)))
        raise RuntimeError("not today")

    project_moved.connect(refuse)
    try:
        with pytest.raises(RuntimeError, match="not today"):
            do("terminate", INVESTOR, cast, project)
    finally:
        project_moved.disconnect(refuse)
    assert heard == [(Project, "termination", project.code, str(Project.State.TERMINATED.label))]
    assert Project.objects.get(pk=project.pk).state == Project.State.ACTIVE
    assert not Message.objects.filter(template__startswith=LIFE).exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_request_many_times_at_once_is_told_once(cast: Cast) -> None:
    project, facts = project_for("suspend", cast), told("suspend", DAY)

    def suspend(_number: int) -> LifeNotice:
        return life.suspend(Project.objects.get(pk=project.pk), by=cast[INVESTOR], told=facts, key="one")

    with on(DAY):
        answers = at_once(suspend, 5)
    notice = LifeNotice.objects.get(project=project)
    assert answers == [notice] * 5
    assert len(letters_of(notice)) == len(COMPANY) + len(OFFICE)
    assert Message.objects.filter(template__startswith=LIFE).count() == len(COMPANY) + len(OFFICE)


@pytest.mark.django_db(transaction=True)
def test_mail_is_asked_for_after_the_commit_and_goes_out_as_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(outbox, "enqueue", asked.extend)
    project = project_for("suspend", cast)
    asked.clear()
    letters = letters_of(do("suspend", INVESTOR, cast, project))
    assert sorted(asked) == sorted(letter.pk for letter in letters)
    outbox.sweep()
    for letter in letters:
        sent = next(one for one in mail.outbox if one.extra_headers["Message-ID"] == letter.message_id)
        assert (sent.subject, sent.body, sent.to) == (letter.subject, letter.text, [letter.to])
        letter.refresh_from_db()
        assert letter.state == State.SENT


# --- the ledger -----------------------------------------------------------------------------------------------------
def test_the_ledger_shows_the_letter_word_for_word_to_its_reader_only(cast: Cast) -> None:
    letter = letter_to(cast["preparer"], do("revoke", SIGNER, cast))
    client = signed_in(cast["preparer"])
    listed = client.get(reverse("message-list")).content.decode()
    assert f'href="{letter.get_absolute_url()}"' in listed
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "".join(letter.text.split()) in "".join(Words(page).words)
    assert f"http://127.0.0.1:8000/projects/{letter.key.split(':')[0]}/#life" in Words(page).links
    for role in ("owner", "outsider", "statistician"):
        assert signed_in(cast[role]).get(letter.get_absolute_url()).status_code == 404


def test_an_official_reads_letters_to_others_with_the_right_to_read_the_acts_themselves(cast: Cast) -> None:
    letter = letter_to(cast["preparer"], do("revoke", SIGNER, cast))
    clerk = User.objects.create_user("clerk@office.example", "a-long-password", is_staff=True)
    for right, status in (("view_message", 404), ("view_lifenotice", 200)):
        clerk.user_permissions.add(Permission.objects.get(codename=right))
        assert signed_in(User.objects.get(pk=clerk.pk)).get(letter.get_absolute_url()).status_code == status, right


def test_its_reader_sends_the_letter_again_word_for_word(cast: Cast) -> None:
    letter = letter_to(cast["preparer"], do("suspend", DESK, cast))
    outbox.sweep()
    with on(DAY + timedelta(days=1)):
        answer = signed_in(cast["preparer"]).post(reverse("message-again", args=[letter.pk]))
    assert answer.headers["Location"] == letter.get_absolute_url()
    copy = letter.sent_again.get()
    assert (copy.subject, copy.text, copy.html, copy.template) == (
        letter.subject, letter.text, letter.html, letter.template
    )  # fmt: skip
    assert (copy.case, copy.event, copy.person) == (None, None, cast["preparer"])
    outbox.sweep()
    assert [one.body for one in mail.outbox if one.to == [letter.to]].count(letter.text) == 2


def test_officials_find_the_letters_of_a_project_and_those_not_delivered(cast: Cast) -> None:
    notice = do("terminate", INVESTOR, cast)
    lost = letter_to(cast["owner"], notice)
    Message.objects.filter(pk=lost.pk).update(state=State.GIVEN_UP)
    client, ledger = signed_in(cast["appraiser"]), reverse("admin:notifications_message_changelist")
    found = client.get(ledger, {"q": str(notice.project.code)}).context["cl"].result_list
    assert {letter.pk for letter in found} == {letter.pk for letter in letters_of(notice)}
    trouble = client.get(ledger, {"needs": "person"}).context["cl"].result_list
    assert list(trouble) == [lost]
    page = client.get(reverse("admin:notifications_message_change", args=[lost.pk]))
    assert page.status_code == 200
    assert lost.subject in page.content.decode()


# --- nothing forgotten ----------------------------------------------------------------------------------------------
def test_every_act_has_a_line_in_the_table_and_three_templates() -> None:
    assert set(ACTS) == set(LifeNotice.Kind.values)
    assert {line.verb for line in LIFE_LETTERS} == {f"{LIFE}{act}" for act in ACTS}
    assert every_verb_has_its_letter(None) == []


def test_a_forgotten_act_is_named_by_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ACTS", (*ACTS, "merger"))
    found = [(problem.id, str(problem.msg)) for problem in every_verb_has_its_letter(None)]
    assert found == [
        ("notifications.E001", "The act “life-merger” has no line in notifications.letters.LIFE_LETTERS."),
        *(
            ("notifications.E002", f"The template emails/life-merger/{part} is missing.")
            for part in ("subject.txt", "body.txt", "body.html")
        ),
    ]
