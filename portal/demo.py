"""Demo cases: at least one in every state, each made by walking the real transitions from real projects.

The stories are told in working days before today, so the queue always shows fresh, late and waiting cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.demo import PASSWORD, create_demo_people
from accounts.models import Membership, Organisation, User
from adjustments.demo import capital_change
from cases import transitions as verbs
from cases.calendar import Calendar, load_calendar, local_date
from cases.drafting import create, editing
from cases.engine import Transition
from cases.kinds import KINDS
from cases.models import Case
from cases.precheck import is_required, paper_rules
from cases.uploads import attach
from incentives.dossier.demo import golden_application
from incentives.dossier.starting import start_from
from incentives.models import IncentiveApplication
from portal.demo_papers import demo_pdf
from projects.demo import golden_registration, sample_registrations
from projects.models import Project

Step = tuple[int, str, str, dict[str, Any]]
"""Working days before today, who, which verb, with which words."""


@dataclass(frozen=True)
class Story:
    """One demo case: which sample project, whose, and what happened to it."""

    number: int
    sample: int | None
    """Index into the sample projects; None is the golden one."""
    company: str
    """A demo company, or empty: then the sample's own investor files from abroad, before its company exists."""
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Change:
    """A demo adjustment of the project that another story opened: how many dollars more, and what happened to it."""

    number: int
    of: int
    company: str
    dollars: int
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Ask:
    """A demo application for incentives for the project that another story opened."""

    number: int
    of: int
    company: str
    """A demo company; empty: the company of that project."""
    answers: dict[str, Any]
    steps: tuple[Step, ...]


NEEDS_PROOF = {
    "reasons": "Báo cáo tài chính năm 2025 chưa có ý kiến kiểm toán và chưa kèm bản dịch tiếng Việt.",
    "pins": [
        {"path": "papers.c", "text": "Bổ sung báo cáo tài chính 2 năm gần nhất kèm bản dịch."},
        {"path": "total_capital_usd", "text": "Nêu rõ nguồn vốn vay 200 triệu USD của tổ chức tín dụng nào."},
    ],
}
YES = {"outcome": "approve", "reasons": "Dự án phù hợp quy hoạch khu công nghiệp.", "clauses": "L143 27(1)\nD96 39(3)"}
NO = {
    "outcome": "refuse",
    "reasons": "Nhà đầu tư chưa chứng minh được năng lực tài chính cho phần vốn vay bổ sung.",
    "clauses": "D96 6(1g)\nD96 32(1c)",
    "facts": "Vốn chủ sở hữu thấp hơn nhu cầu vốn của năm đầu.",
}


def _until_proposed(start: int) -> tuple[Step, ...]:
    return (
        (start, "signer", "submit", {}),
        (start - 1, "desk", "accept", {}),
        (start - 5, "appraiser", "propose", YES),
    )


def _issued(start: int, code: str) -> tuple[Step, ...]:
    return (
        *_until_proposed(start),
        (start - 6, "chief", "approve", {}),
        (start - 7, "desk", "issue", {"project_code": code}),
    )


STORIES: tuple[Story, ...] = (
    Story(1, None, "lg-innotek", _issued(60, "4301568790")),
    Story(2, 1, "bridgestone", _issued(45, "4305521870")),
    Story(3, 2, "kyocera", _issued(30, "4309981234")),
    Story(4, None, "lg-innotek", ()),
    Story(5, 2, "kyocera", ()),
    Story(6, 4, "", ((1, "signer", "submit", {}),)),
    Story(7, 5, "", ((7, "signer", "submit", {}),)),
    Story(
        8, None, "lg-innotek",
        ((6, "signer", "submit", {}),
         (4, "desk", "return_incomplete",
          {"reasons": "Đề xuất dự án chưa có chữ ký của người đại diện.",
           "pins": [{"path": "papers.d", "text": "Ký và nộp lại đề xuất dự án."}]})),
    ),
    Story(9, 7, "", ((4, "signer", "submit", {}), (3, "desk", "accept", {}))),
    Story(10, 8, "", ((16, "signer", "submit", {}), (15, "desk", "accept", {}))),
    Story(
        11, None, "lg-innotek",
        ((9, "signer", "submit", {}), (8, "desk", "accept", {}), (5, "appraiser", "request_supplement", NEEDS_PROOF)),
    ),
    Story(
        12, 1, "bridgestone",
        ((14, "signer", "submit", {}), (13, "desk", "accept", {}), (11, "appraiser", "request_supplement", NEEDS_PROOF),
         (1, "signer", "supplement", {"answer": "Chúng tôi đã bổ sung báo cáo tài chính kèm bản dịch."})),
    ),
    Story(
        13, 11, "",
        ((8, "signer", "submit", {}), (7, "desk", "accept", {}),
         (4, "appraiser", "hold", {"reason": "violation", "note": "Đang xử lý chậm nộp báo cáo năm 2025."})),
    ),
    Story(
        14, 0, "",
        ((6, "signer", "submit", {}), (5, "desk", "accept", {}),
         (3, "appraiser", "ask_opinion",
          {"office": "Sở Nông nghiệp và Môi trường", "question": "Đề nghị cho ý kiến về nước thải của dự án.",
           "due_on": 5})),
    ),
    Story(15, None, "lg-innotek", _until_proposed(8)),
    Story(16, 2, "kyocera", (*_until_proposed(12), (5, "chief", "approve", {}))),
    Story(
        17, 3, "",
        ((20, "signer", "submit", {}), (19, "desk", "accept", {}), (14, "appraiser", "propose", NO),
         (13, "chief", "refuse", {})),
    ),
    Story(18, 10, "", ((10, "signer", "submit", {}), (8, "signer", "withdraw", {"reason": "Đổi địa điểm."}))),
    Story(
        19, None, "lg-innotek",
        ((70, "signer", "submit", {}), (69, "desk", "accept", {}), (66, "appraiser", "request_supplement", NEEDS_PROOF),
         (5, "appraiser", "stop", {"reasons": "Quá thời hạn bổ sung.", "clauses": "D96 6(2a)"})),
    ),
    Story(
        20, 6, "",
        (*_until_proposed(9), (3, "chief", "send_back", {"reasons": "Làm rõ tiến độ góp vốn giai đoạn 2."})),
    ),
    Story(24, 12, "", _issued(58, "4312670034")),
)  # fmt: skip


CHANGES: tuple[Change, ...] = (
    Change(21, 1, "lg-innotek", 501_000_000, _issued(40, "4301568790")),
    Change(22, 2, "bridgestone", 649_200_000, ((5, "signer", "submit", {}), (4, "desk", "accept", {}))),
    Change(23, 3, "kyocera", 237_500_000, ()),
)
"""Real steps of the series (projects/data/adjustments.csv): to 1.05 billion, to 1.224 billion, to 425 million."""

NEEDS_STANDARD = {
    "reasons": "Hợp đồng cung ứng chưa có phụ lục sản lượng.",
    "pins": [{"path": "buyers.0.number", "text": "Nộp kèm phụ lục sản lượng của hợp đồng này."}],
}
SHAFTS: dict[str, Any] = {
    "goods": [{
        "product": "AUTO-08", "name": "Trục truyền động ô tô", "hs_code": "8708.99", "capacity": "1200000.00",
        "unit": "bộ", "high_technology": False, "made_in_vietnam": "not_yet",
    }],
    "buyers": [{
        "name": "VinFast Trading and Production JSC", "country": "VN", "evidence": "memorandum", "number": "VF-TRK-07",
        "signed_on": "2026-03-02", "until": "2029-03-01", "supplied": "Trục truyền động",
    }],
    "process": "Rèn, gia công CNC, nhiệt luyện, lắp ráp khớp đồng tốc, kiểm tra mô-men.",
    "equipment": "Dây chuyền CNC và nhiệt luyện năm 2026.",
}  # fmt: skip
ASKS: tuple[Ask, ...] = (
    Ask(25, 24, "", SHAFTS, _issued(38, "4312670034")),
    Ask(
        26, 24, "",
        SHAFTS | {"goods": [SHAFTS["goods"][0] | {"product": "MECH-05", "name": "Bánh răng, ổ bi cho trục truyền"}]},
        ((12, "signer", "submit", {}), (11, "desk", "accept", {}),
         (3, "appraiser", "request_supplement", NEEDS_STANDARD)),
    ),
    Ask(27, 1, "lg-innotek", {"product": "ELEC-05"}, ()),
)  # fmt: skip
"""One granted, one waiting for the investor, and a draft as the incentive check opens it."""

ABROAD = "abroad@demo.example"
NAMES = {
    4: "Dự án sản xuất linh kiện ra-đa ô tô LG Innotek",
    5: "Dự án mở rộng nhà máy máy in Kyocera",
    8: "Dự án sản xuất bo mạch FC-BGA LG Innotek",
    11: "Dự án trung tâm nghiên cứu mô-đun quang học LG Innotek",
    12: "Dự án kho thành phẩm lốp xe Bridgestone",
    15: "Dự án sản xuất mô-đun camera ô tô LG Innotek",
    16: "Dự án sản xuất hộp mực Kyocera",
    19: "Dự án sản xuất mô-tơ ô tô LG Innotek",
}
"""Project names of the stories that use a sample another story has used already, by the story's number."""


class Storyteller:
    """Walks the stories. Calling it again adds only the stories that are not there."""

    def __init__(self) -> None:
        demo = create_demo_people()
        self.people, self.organisations = demo["people"], demo["organisations"]
        self.samples = sample_registrations()
        self.calendar: Calendar = load_calendar()
        self.today = local_date()

    def tell(self) -> Iterator[Case]:
        """Make every missing story, one transaction each."""
        for story in STORIES:
            reference = f"HP-26-DEMO{story.number:02d}"
            if not Case.objects.filter(reference=reference).exists():
                with transaction.atomic():
                    yield self._tell(story, reference)
        for change in CHANGES:
            reference = f"HP-26-DEMO{change.number:02d}"
            if not Case.objects.filter(reference=reference).exists():
                with transaction.atomic():
                    yield self._tell_change(change, reference)

        for ask in ASKS:
            reference = f"HP-26-DEMO{ask.number:02d}"
            if not Case.objects.filter(reference=reference).exists():
                with transaction.atomic():
                    yield self._tell_ask(ask, reference)

    def _tell_ask(self, ask: Ask, reference: str) -> Case:
        """The answers over the golden ones; a draft only names its product, as the incentive check leaves it."""
        project = Project.objects.select_related("organisation").get(case__reference=f"HP-26-DEMO{ask.of:02d}")
        organisation = self.organisations[ask.company] if ask.company else project.organisation
        if organisation is None:
            raise ValueError("a project that a story opened has its organisation")
        if not ask.steps:
            return self._write("incentive", reference, organisation, {"goods": [ask.answers]})
        own = {"project": project.code, "licence_number": project.national_code, "licensed_on": None, "place": ""}
        case = self._write("incentive", reference, organisation, golden_application(**own, **ask.answers))
        with editing(case, by=self._who("preparer", organisation)) as locked:
            application = IncentiveApplication.objects.get(case=locked)
            start_from(application, project)
            application.save()
        self._attach_papers(Case.objects.get(pk=case.pk), self._who("preparer", organisation))
        return self._walk(self._opened(case, self._moment(ask.steps[0][0] + 1)), organisation, ask.steps)

    def _tell_change(self, change: Change, reference: str) -> Case:
        organisation = self.organisations[change.company]
        project = Project.objects.get(case__reference=f"HP-26-DEMO{change.of:02d}")
        base = project.versions.newest()
        opened = self._moment(change.steps[0][0] + 1) if change.steps else self._moment(1)
        data = capital_change(base.data if base else {}, Decimal(change.dollars), on=local_date(opened))
        case = self._write("adjustment", reference, organisation, {"project": project.code} | data)
        self._attach_papers(Case.objects.get(pk=case.pk), self._who("preparer", organisation))
        return self._walk(self._opened(case, opened), organisation, change.steps)

    def _tell(self, story: Story, reference: str) -> Case:
        data = golden_registration() if story.sample is None else self.samples[story.sample]
        if story.number in NAMES:
            data |= {"project_name": NAMES[story.number], "project_name_en": ""}
        organisation = self.organisations[story.company] if story.company else _investor_abroad(data)
        return self._walk(self._draft(story, reference, organisation, data), organisation, story.steps)

    def _walk(self, case: Case, organisation: Organisation, steps: tuple[Step, ...]) -> Case:
        for days, who, verb, words in steps:
            move: Transition = verbs.VERBS[verb]
            details = dict(words)
            if verb == "submit":
                details["declared"] = True
            if verb == "ask_opinion":
                details["due_on"] = self.today + timedelta(days=details["due_on"])
            move(case, by=self._who(who, organisation), at=self._moment(days), **details)
        return case

    def _draft(self, story: Story, reference: str, organisation: Organisation, data: dict[str, Any]) -> Case:
        case = self._write("registration", reference, organisation, data)
        if not story.steps and story.number % 2:
            return case  # a draft whose papers are still missing
        self._attach_papers(Case.objects.get(pk=case.pk), self._who("preparer", organisation))
        return self._opened(case, self._moment(story.steps[0][0] + 1) if story.steps else case.created_at)

    def _write(self, kind: str, reference: str, organisation: Organisation, data: dict[str, Any]) -> Case:
        by = self._who("preparer", organisation)
        case = create(kind, organisation=organisation, by=by, reference=reference)
        with editing(case, by=by) as locked:
            answers = KINDS[kind].serializer(locked.dossier, data=data, partial=True)
            answers.is_valid(raise_exception=True)
            answers.save()
        return case

    def _opened(self, case: Case, opened: datetime) -> Case:
        """Date the draft and its papers before the moves that follow."""
        Case.objects.filter(pk=case.pk).update(created_at=opened)
        case.attachments.update(uploaded_at=opened)  # or papers would seem newer than the requests for them
        return Case.objects.get(pk=case.pk)

    def _attach_papers(self, case: Case, by: User) -> None:
        called_for = case.dossier.required_papers()
        for rule in paper_rules(case):
            if is_required(rule, called_for):
                content = demo_pdf(rule.name_vi, [case.title, case.organisation.name, rule.clause])
                attach(
                    case, by=by, paper=rule.code, upload=SimpleUploadedFile(f"{rule.name_vi[:60].strip()}.pdf", content)
                )

    def _who(self, role: str, organisation: Organisation) -> User:
        officials: dict[str, str] = {"desk": "desk", "appraiser": "appraiser", "chief": "signer"}
        if role in officials:
            return self.people[officials[role]]
        return _acting_for(organisation, Membership.Role.SIGNER if role == "signer" else Membership.Role.PREPARER)

    def _moment(self, days: int) -> datetime:
        """So many working days before today, during office hours."""
        day: date = self.today
        while days > 0:
            day -= timedelta(days=1)
            days -= self.calendar.is_working(day)
        return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _investor_abroad(data: dict[str, Any]) -> Organisation:
    """The sample's first investor as an organisation of its own, acting through one demo person."""
    investor = data["investors"][0]
    organisation, _made = Organisation.objects.get_or_create(
        name=investor["name"],
        defaults={
            "origin": Organisation.Origin.FOREIGN,
            "country": investor["country"],
            "address": investor.get("address") or "-",
            "representative_name": "Demo",
        },
    )
    return organisation


def _acting_for(organisation: Organisation, role: str) -> User:
    """Somebody who holds the role in the company; one demo person acts wherever nobody does."""
    rows = Membership.objects.filter(organisation=organisation, role=role).select_related("user")
    today = local_date()
    known = next((row.user for row in rows if row.in_force(today)), None)
    if known:
        return known
    user = User.objects.filter(email=ABROAD).first() or User.objects.create_user(
        ABROAD, PASSWORD, full_name="Tanaka Yui (demo)", language="en"
    )
    EmailAddress.objects.get_or_create(user=user, email=ABROAD, defaults={"verified": True, "primary": True})
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return user


def tell_stories(report: Callable[[Case], None]) -> int:
    """Make the demo; `report` hears of each new case. Returns how many were made."""
    made = 0
    for case in Storyteller().tell():
        report(case)
        made += 1
    return made
