"""Many cases for measuring, made in bulk: names like real ones, spread over states, officers and days."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.folding import fold
from accounts.models import Organisation, User
from cases.models import Authority, Case, Event, ProcedureVersion
from cases.states import ENDED, OPEN, Status
from tests.fourth_kind.models import Petition

WORDS = ("Đình Vũ", "Tràng Duệ", "Nam Đình Vũ", "linh kiện", "điện tử", "khuôn mẫu", "ô tô", "màn hình", "cáp", "nhựa")
COMPANIES = ("LG Innotek", "Bridgestone", "Kyocera", "Pegatron", "Chilisin", "Regina Miracle", "Ohsung", "Hợp Thịnh")


def make_crowd(count: int, *, officers: list[User], by: User, seed: int = 7) -> None:
    """`count` submitted cases of the test-only kind, each with its dossier and two events."""
    choice = random.Random(seed)
    organisations = [
        Organisation(name=f"{choice.choice(COMPANIES)} {number}", origin="foreign", country="KR", address="Hải Phòng",
                     representative_name="Nguyễn Văn A")
        for number in range(200)
    ]  # fmt: skip
    for organisation in organisations:
        organisation.save()
    authority, procedure = Authority.objects.get(code="HEZA"), ProcedureVersion.objects.get(code="petition")
    states = sorted(OPEN) * 2 + sorted(ENDED)
    now = timezone.now()
    cases = []
    for number in range(count):
        title = f"Dự án {choice.choice(WORDS)} {choice.choice(WORDS)} {number}"
        submitted = now - timedelta(days=choice.randint(0, 400), minutes=number % 600)
        status = choice.choice(states)
        cases.append(
            Case(
                kind="petition", reference=f"HP-BN-{number:06d}", dossier_code=f"000.00.12.H24-BENCH-{number:06d}",
                organisation=choice.choice(organisations), created_by=by, status=status, version=3,
                officer=choice.choice([*officers, None]), authority=authority, procedure=procedure, title=title,
                amount_usd=Decimal(choice.randint(1, 5000)) * 100_000, submitted_at=submitted,
                accepted_at=submitted + timedelta(days=1),
                answered_at=submitted if status == Status.ACCEPTED and number % 9 == 0 else None,
                due_on=(now + timedelta(days=choice.randint(-9, 20))).date() if status in OPEN else None,
                search_text=fold(f"HP-BN-{number:06d} {title}"),
            )
        )  # fmt: skip
    Case.objects.bulk_create(cases, batch_size=2000)
    Petition.objects.bulk_create(
        [Petition(case=case, subject=case.title, amount=case.amount_usd) for case in cases], batch_size=2000
    )
    Event.objects.bulk_create(
        [
            Event(case=case, verb=verb, from_status=before, to_status=after, by=by, side=side, at=case.submitted_at,
                  version=version, data={})
            for case in cases
            for verb, before, after, side, version in (
                ("submit", Status.DRAFT, Status.SUBMITTED, "investor", 2),
                ("accept", Status.SUBMITTED, Status.ACCEPTED, "official", 3),
            )
        ],
        batch_size=4000,
    )  # fmt: skip
