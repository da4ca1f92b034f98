"""The request as paper: what the investor asks for, printed from the dossier as everybody reads it.

Vietnamese, as the law wants it; the headings have English below. A dossier that changes a certificate prints what the
certificate says beside what is asked for, the changed answers only: what stays is stated by the certificate.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation

from cases.errors import ProcedureMissing
from cases.kinds import kind_of
from cases.models import Case
from cases.sheet import Part
from cases.timekeeping import procedure_of
from certificates.content import Row, Table, column, row, text
from certificates.numerals import dated_en, dated_vi
from certificates.rendering import printable, qr_svg, render_whatever

Section = dict[str, Any]
EMPTY: Final = "–"


def request_pdf(case: Case) -> bytes:
    """The dossier as PDF; the same dossier of the same day gives the same bytes. Raises RenderError."""
    return render_whatever("slip", printable(request_data(case)))


def request_data(case: Case) -> dict[str, Any]:
    """The data of the Typst template of slips."""
    moment = timezone.localtime(case.submitted_at or timezone.now())
    address = f"{settings.SITE_URL.rstrip('/')}{case.get_absolute_url()}"
    office, day = case.authority, moment.date()
    with translation.override("vi"):
        title_vi = str(kind_of(case.kind).name)
        parts = case.dossier.sheet()
        sections = [section for part in parts for section in _sections(part)]
    with translation.override("en"):
        title_en = str(kind_of(case.kind).name)
    return {
        "at": datetime.combine(day, time(), moment.tzinfo).isoformat(),
        "title": text(f"Văn bản đề nghị: {title_vi}", f"Request: {title_en}"),
        "form_code": _form(case),
        "number": case.dossier_code or case.reference,
        "dossier_code": case.dossier_code or case.reference,
        "reference": case.reference,
        "address": urlsplit(address).netloc,
        "agency": {
            "superior": text(""),
            "name": text(case.organisation.name),
            "place": text("Hải Phòng", "Hai Phong"),
        },
        "dated": text(dated_vi(day), dated_en(day)),
        "opening": [text(
            f"Kính gửi: {office.name_vi if office else 'cơ quan đăng ký đầu tư'}",
            f"To: {office.name_en if office else 'the investment registration agency'}",
        )],
        "rows": [row("Nhà đầu tư, tổ chức nộp hồ sơ", "Applicant", case.organisation.name),
                 row("Dự án", "Project", case.dossier.title())],
        "sections": sections,
        "closing": [text(
            "Nhà đầu tư cam kết chịu trách nhiệm trước pháp luật về tính hợp pháp, chính xác, trung thực của nội dung "
            "đề nghị và hồ sơ kèm theo.",
            "The investor answers before the law for the lawfulness, accuracy and truth of this request and papers.",
        )],
        "qr": qr_svg(address),
        "signer": {"position": text("Đại diện nhà đầu tư", "For the investor"), "name": ""},
    }  # fmt: skip


def _form(case: Case) -> str:
    try:
        return procedure_of(case).form_code
    except ProcedureMissing:
        return ""


def _sections(part: Part) -> list[Section]:
    """A part of the sheet: compared, or plain."""
    if part.compared:
        return [_compared(part)] if part.changed else []
    rows: list[Row] = [row(str(line.label), "", line.value) for line in part.rows if line.value]
    tables = [_table(table.caption, table.headers, table.rows) for table in part.tables if table.rows]
    return [{"heading": text(str(part.title)), "rows": rows, "tables": tables}] if rows or tables else []


def _compared(part: Part) -> Section:
    """What changes: certified, asked for, difference; changed lists as they are to become."""
    tables: list[Table] = []
    if part.changed_rows:
        tables.append({
            "columns": [
                column("Nội dung", "Item", width=2.2), column("Đã quy định", "Certified", width=2.6),
                column("Đề nghị điều chỉnh", "Asked for", width=2.6), column("Chênh lệch", "Difference", width=1.8),
            ],
            "rows": [
                [str(line.label), line.before or EMPTY, line.value or EMPTY, line.difference]
                for line in part.changed_rows
            ],
        })  # fmt: skip
    for table in part.tables:
        if table.changed:
            tables.append(_table(f"{table.caption} (đã quy định)", table.headers, table.before or ()))
            tables.append(_table(f"{table.caption} (đề nghị)", table.headers, table.rows))
    return {"heading": text(str(part.title)), "rows": [], "tables": tables}


def _table(caption: Any, headers: Any, lines: Any) -> Table:
    return {
        "caption": text(str(caption)),
        "columns": [column(str(header)) for header in headers],
        "rows": [[str(cell) for cell in cells] for cells in lines],
    }
