"""The slip of a notice as PDF: receipt, appointment, supplement request, return, explanation, refusal, stop.

A notice's content is frozen when it goes out (`cases.notices`); this module only puts it into official words,
Vietnamese with English below. Forms: Circular 03/2025/TT-VPCP, appendix I, and Circular 55/2026/TT-BTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation

from cases.models import Case, Notice
from cases.precheck import paper_rules
from certificates.content import Clause, Row, Table, Text, column, row, text
from certificates.numerals import dated_en, dated_vi
from certificates.rendering import qr_svg, render_whatever

Content = Mapping[str, Any]
Section = dict[str, Any]

CIRCULARS: Final = {"I": "Thông tư 55/2026/TT-BTC", "0": "Thông tư 03/2025/TT-VPCP"}
TITLES: Final[dict[str, Text]] = {
    Notice.Kind.RECEIPT: text("Giấy biên nhận hồ sơ", "Dossier receipt"),
    Notice.Kind.APPOINTMENT: text(
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Receipt of dossier and appointment for the result"
    ),
    Notice.Kind.RETURN: text(
        "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to supplement and complete the dossier"
    ),
    Notice.Kind.SUPPLEMENT: text(
        "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Request to supplement and complete the dossier"
    ),
    Notice.Kind.EXPLANATION: text("Phiếu yêu cầu giải trình", "Request for explanation"),
    Notice.Kind.REFUSAL: text("Thông báo từ chối", "Notice of refusal"),
    Notice.Kind.STOP: text("Thông báo dừng giải quyết hồ sơ", "Notice that processing stops"),
}
APPEAL: Final = text(
    "Trường hợp không đồng ý với nội dung trên, nhà đầu tư có quyền khiếu nại trong thời hạn 90 ngày kể từ ngày nhận "
    "được thông báo này theo Luật Khiếu nại, hoặc khởi kiện vụ án hành chính trong thời hạn 01 năm theo Luật Tố tụng "
    "hành chính.",
    "If you do not agree, you may complain within 90 days of receiving this notice (Law on Complaints), or go to the "
    "administrative court within one year (Law on Administrative Procedure).",
)


def slip_pdf(notice: Notice) -> bytes:
    """The slip as PDF; the same notice gives the same bytes. Raises RenderError."""
    return render_whatever("slip", slip_data(notice))


def slip_data(notice: Notice) -> dict[str, Any]:
    """The data of the Typst template."""
    case, content = notice.case, notice.content
    at = timezone.localtime(datetime.fromisoformat(content["at"]))
    address = f"{settings.SITE_URL.rstrip('/')}{case.get_absolute_url()}"
    opening, rows, sections, closing = PARTS[Notice.Kind(notice.kind)](case, content)
    return {
        "at": at.isoformat(),
        "title": TITLES[notice.kind],
        "form_code": _form(content["form"]),
        "number": content["dossier_code"] or case.reference,
        "dossier_code": content["dossier_code"] or case.reference,
        "reference": content["reference"],
        "address": urlsplit(address).netloc,
        "agency": _agency(case, content),
        "dated": text(dated_vi(at.date()), dated_en(at.date())),
        "opening": [opening],
        "rows": [*_who(content), *rows],
        "sections": sections,
        "closing": closing,
        "qr": qr_svg(address),
        "signer": _signer(notice),
    }


# --- what each kind says --------------------------------------------------------------------------------------------
Parts = tuple[Text, list[Row], list[Section], list[Text]]


def _receipt(_case: Case, content: Content) -> Parts:
    opening = text(
        f"{content['authority_vi']} đã nhận hồ sơ nộp trực tuyến sau đây:",
        f"{content['authority_en']} has received the following dossier online:",
    )
    rows = [
        _moment_row("Thời điểm nhận hồ sơ", "Received at", content["at"]),
        _day_row("Ngày nhận để tính thời hạn", "Day from which time counts", content["received_on"]),
        _day_row("Thông báo về tính hợp lệ của hồ sơ chậm nhất", "Completeness checked by", content["checked_by"]),
    ]
    closing = text(
        "Ngày trả kết quả được ghi tại Giấy tiếp nhận hồ sơ và hẹn trả kết quả, gửi khi hồ sơ được tiếp nhận.",
        "The day of the result is stated in the appointment slip, sent when the dossier is accepted as valid.",
    )
    return opening, rows, [_papers(content)], [closing]


def _appointment(_case: Case, content: Content) -> Parts:
    opening = text(
        f"Bộ phận Tiếp nhận và Trả kết quả của {content['authority_vi']} đã tiếp nhận hồ sơ hợp lệ sau đây:",
        f"The one-stop office of {content['authority_en']} has accepted the following dossier as valid:",
    )
    days = content["working_days"]
    rows = [
        _moment_row("Thời điểm tiếp nhận hồ sơ", "Accepted at", content["at"]),
        row("Thời hạn giải quyết", "Legal time", f"{days} ngày làm việc", f"{days} working days"),
        _moment_row("Thời điểm hẹn trả kết quả", "Result by", content["due_at"]),
    ]
    closing = text(
        "Thời gian nhà đầu tư bổ sung hồ sơ hoặc giải trình không tính vào thời hạn giải quyết; khi đó ngày hẹn được "
        "tính lại.",
        "The time the investor takes to supplement or explain does not count; the appointment then moves accordingly.",
    )
    return opening, rows, [_papers(content)], [closing]


def _request(case: Case, content: Content) -> Parts:
    opening = text(
        f"Sau khi kiểm tra hồ sơ, {content['authority_vi']} đề nghị nhà đầu tư bổ sung, hoàn thiện hoặc giải trình "
        "những nội dung sau:",
        f"Having checked the dossier, {content['authority_en']} asks the investor for the following:",
    )
    closing = text(
        "Quá thời hạn trên mà không nhận được trả lời, cơ quan có thể dừng giải quyết hồ sơ.",
        "Without an answer by then, processing of the dossier may be stopped.",
    )
    rows = [_moment_row("Thời hạn trả lời", "Answer by", content["deadline_at"])]
    return opening, rows, [*_reasons(case, content), _basis(content), *_rules(content)], [closing]


def _refusal(case: Case, content: Content) -> Parts:
    opening = text(
        f"{content['authority_vi']} thông báo không chấp thuận yêu cầu của nhà đầu tư đối với hồ sơ sau đây:",
        f"{content['authority_en']} gives notice that the request of the investor is refused:",
    )
    return opening, [], [*_reasons(case, content), _basis(content), *_rules(content)], [APPEAL]


def _stop(case: Case, content: Content) -> Parts:
    opening = text(
        f"{content['authority_vi']} thông báo dừng giải quyết hồ sơ sau đây:",
        f"{content['authority_en']} gives notice that processing of the following dossier stops:",
    )
    closing = text(
        "Nhà đầu tư có thể nộp hồ sơ mới bất cứ lúc nào.", "The investor may file a new dossier at any time."
    )
    return opening, [], [*_reasons(case, content), _basis(content)], [closing, APPEAL]


QUIET: Final = ("passed", "info")
"""Outcomes of rules that kept nothing back."""

PARTS: Final[dict[Notice.Kind, Callable[[Case, Content], Parts]]] = {
    Notice.Kind.RECEIPT: _receipt,
    Notice.Kind.APPOINTMENT: _appointment,
    Notice.Kind.RETURN: _request,
    Notice.Kind.SUPPLEMENT: _request,
    Notice.Kind.EXPLANATION: _request,
    Notice.Kind.REFUSAL: _refusal,
    Notice.Kind.STOP: _stop,
}


# --- building blocks ------------------------------------------------------------------------------------------------
def _who(content: Content) -> list[Row]:
    return [
        row("Nhà đầu tư, tổ chức nộp hồ sơ", "Applicant", content["organisation"]),
        row("Dự án", "Project", content["project"]),
        row("Thủ tục", "Procedure", content["procedure_vi"], content["procedure_en"]),
        row("Mã số hồ sơ", "Dossier code", content["dossier_code"] or "–"),
    ]


def _papers(content: Content) -> Section:
    table: Table = {
        "columns": [
            column("STT", "No.", align="center", width=0.5),
            column("Thành phần hồ sơ", "Paper", width=3.2),
            column("Tệp đã nộp", "File", width=2.3),
            column("SHA-256", "", width=1.4),
        ],
        "rows": [
            [str(index), paper["name_vi"], paper["file"], paper["sha256"][:16]]
            for index, paper in enumerate(content["papers"], start=1)
        ],
    }
    return {"heading": text("Thành phần hồ sơ đã nộp", "Papers received"), "tables": [table]}


def _reasons(case: Case, content: Content) -> list[Section]:
    """The official's sentences, and the points pinned to fields and papers."""
    found: list[Section] = []
    if content.get("reasons"):
        found.append({"heading": text("Lý do, nội dung", "Reasons"), "paragraphs": [text(content["reasons"])]})
    pins = content.get("pins", [])
    if pins:
        names = _names_of_paths(case)
        points = [row(names.get(pin["path"], pin["path"]), "", pin["text"]) for pin in pins]
        found.append({"heading": text("Nội dung cần bổ sung, giải trình", "Points to answer"), "rows": points})
    return found


def _basis(content: Content) -> Section:
    """The legal basis: what the official named, else that of the procedure."""
    named = [line.strip() for line in str(content.get("clauses", "")).splitlines() if line.strip()]
    lines = [row("", "", clause) for clause in named or content["legal_basis"]]
    section: Clause = {"rows": lines}
    return {"heading": text("Căn cứ pháp lý", "Legal basis")} | section


def _rules(content: Content) -> list[Section]:
    """The rules the decision or request rests on: those that weighed with what they found, the others by number."""
    used = content.get("rules", [])
    weighed = [one for one in used if one["outcome"] not in QUIET]
    if not used:
        return []
    rows = [row(_named(one), "", one["vi"], one["en"]) for one in weighed]
    passed = sum(one["outcome"] == "passed" for one in used)
    if passed:
        rows.append(row("Quy định đã kiểm tra và đạt", "Rules checked and passed", str(passed)))
    return [{"heading": text("Quy định đã áp dụng", "Rules applied"), "rows": rows}] if rows else []


def _named(one: dict[str, Any]) -> str:
    return f"{one['rule']} ({one['clause']})" if one["clause"] else str(one["rule"])


def _names_of_paths(case: Case) -> dict[str, str]:
    """What the dossier's fields and papers are called in Vietnamese."""
    names = {f"papers.{rule.code}": rule.name_vi for rule in paper_rules(case)}
    with translation.override("vi"):
        for part in case.dossier.sheet():
            names |= {line.path: str(line.label) for line in part.rows}
            names |= {table.path: str(table.caption) for table in part.tables}
    return names


def _moment_row(label_vi: str, label_en: str, moment: str) -> Row:
    at = timezone.localtime(datetime.fromisoformat(moment))
    return row(
        label_vi, label_en, f"{at:%H} giờ {at:%M} phút, {dated_vi(at.date())}", f"{at:%H:%M} on {dated_en(at.date())}"
    )


def _day_row(label_vi: str, label_en: str, day: str) -> Row:
    on = date.fromisoformat(day)
    return row(label_vi, label_en, dated_vi(on), dated_en(on))


def _form(code: str) -> str:
    circular = CIRCULARS.get(code[:1], "")
    return f"{code} ({circular})" if circular else code


def _agency(case: Case, content: Content) -> dict[str, Text]:
    office = case.authority
    return {
        "superior": text(office.parent_vi, office.parent_en) if office else text(""),
        "name": text(content["authority_vi"], content["authority_en"]),
        "place": text("Hải Phòng", "Hai Phong"),
    }


def _signer(notice: Notice) -> dict[str, Any]:
    """The official behind the notice; a receipt is made by the portal itself."""
    by = notice.event.by
    if notice.kind == Notice.Kind.RECEIPT or by is None:
        return {"position": text("Cổng thông tin tự động lập", "Made by the portal"), "name": ""}
    if notice.kind == Notice.Kind.APPOINTMENT:
        return {"position": text("Người tiếp nhận hồ sơ", "Accepted by"), "name": str(by)}
    decided = notice.kind in (Notice.Kind.REFUSAL, Notice.Kind.STOP)
    usual = (
        text("Người có thẩm quyền", "Authorised signatory") if decided else text("Người giải quyết hồ sơ", "Officer")
    )
    return {"position": text(by.job_title) if by.job_title else usual, "name": str(by)}
