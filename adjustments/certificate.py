"""What an adjusted certificate states: first what this adjustment changes, then the whole project as it stands now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from adjustments import sheet
from certificates.changes import changed_clauses
from certificates.content import CertificateContent, Clause, Issue, Text, text
from certificates.numerals import dated_en, dated_vi
from projects import certificate

if TYPE_CHECKING:
    from adjustments.models import Adjustment
    from projects.models import ProjectVersion


def content(adjustment: Adjustment) -> CertificateContent:
    """The content of the whole project with `changes` first; issuing adds number, days and history."""
    whole = certificate.content(adjustment.wanted)
    whole["changes"] = list(changes(adjustment))
    base = adjustment.base
    if base is not None:
        whole["bases"] = [*whole["bases"], _earlier(base)]
        if base.case_id is not None:
            whole["replaces"] = base.certificate_number
    else:
        whole["history"] = list(_history_elsewhere(adjustment))
        whole["bases"] = [*whole["bases"], _restated(adjustment)]
    whole["request"] = _request(adjustment)
    return whole


def changes(adjustment: Adjustment) -> Iterator[Clause]:
    """One clause for each section with a change, each item in Vietnamese and English, from what to what."""
    return changed_clauses(lambda: sheet.changed_parts(adjustment))


def _earlier(base: ProjectVersion) -> Text:
    number, day = base.certificate_number, base.effective_on
    if not base.number:
        return text(
            f"Giấy chứng nhận đăng ký đầu tư số {number} chứng nhận lần đầu {dated_vi(day)}",
            f"Investment registration certificate No. {number}, first issued on {dated_en(day)}",
        )
    return text(
        f"Giấy chứng nhận đăng ký đầu tư số {number} chứng nhận điều chỉnh lần thứ {base.number} {dated_vi(day)}",
        f"Investment registration certificate No. {number}, adjustment No. {base.number} of {dated_en(day)}",
    )


def _history_elsewhere(adjustment: Adjustment) -> Iterator[Issue]:
    """What was certified before, elsewhere: the first certificate, and the latest adjustment if there was one."""
    if adjustment.earlier_first_on:
        yield {"version": 0, "issued_on": adjustment.earlier_first_on.isoformat()}
    if adjustment.earlier_adjustments and adjustment.earlier_last_on:
        yield {"version": adjustment.earlier_adjustments, "issued_on": adjustment.earlier_last_on.isoformat()}


def _restated(adjustment: Adjustment) -> Text:
    number, day = adjustment.earlier_number, adjustment.earlier_first_on
    dated = (f" chứng nhận lần đầu {dated_vi(day)}", f", first issued on {dated_en(day)}") if day else ("", "")
    return text(
        f"Giấy chứng nhận đăng ký đầu tư số {number}{dated[0]}",
        f"Investment registration certificate No. {number}{dated[1]}",
    )


def _request(adjustment: Adjustment) -> Text:
    case = adjustment.case
    day = timezone.localtime(case.submitted_at).date() if case.submitted_at else None
    vi = f"văn bản đề nghị điều chỉnh dự án đầu tư và hồ sơ kèm theo do {case.organisation.name} nộp"
    en = f"the request to adjust the investment project and the papers with it, filed by {case.organisation.name}"
    return text(f"{vi} {dated_vi(day)}", f"{en} on {dated_en(day)}") if day else text(vi, en)
