"""The slips that go with a case: form code, dossier code, papers, hours, reasons, legal basis, appeal."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cases import transitions as verbs
from cases.models import Case, Notice
from cases.states import Status
from certificates.numerals import dated_vi
from certificates.slips import slip_pdf
from tests.certificates.reading import codes_of, text_of
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TITLES = {
    "receipt": "GIẤY BIÊN NHẬN HỒ SƠ",
    "appointment": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "return": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "supplement": "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    "explanation": "PHIẾU YÊU CẦU GIẢI TRÌNH",
    "refusal": "THÔNG BÁO TỪ CHỐI",
    "stop": "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
}
REACHED = {
    "receipt": Status.SUBMITTED,
    "appointment": Status.ACCEPTED,
    "return": Status.RETURNED,
    "supplement": Status.AWAITING_INVESTOR,
    "refusal": Status.REFUSED,
    "stop": Status.STOPPED,
}


def notice_of(case: Case, kind: str) -> Notice:
    return case.notices.get(kind=kind)


@pytest.mark.parametrize("kind", sorted(REACHED))
def test_every_slip_names_the_form_the_dossier_and_the_authority(cast: Cast, kind: str) -> None:
    case = walk("petition", REACHED[kind], cast)
    text = text_of(slip_pdf(notice_of(case, kind)))
    assert TITLES[kind] in text
    assert "BAN QUẢN LÝ KHU KINH TẾ HẢI PHÒNG" in text and "Độc lập - Tự do - Hạnh phúc" in text
    assert f"Mã số hồ sơ / Dossier code: {case.dossier_code}" in text
    assert "Thủ tục / Procedure: Giải quyết kiến nghị Answer to a petition" in text
    assert str(case.organisation.name) in text and case.title in text
    assert "Mẫu " in text and case.reference in text


def test_the_receipt_lists_the_papers_and_the_hour(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    notice = notice_of(case, "receipt")
    text = text_of(slip_pdf(notice))
    at = timezone.localtime(notice.created_at)
    assert f"{at:%H} giờ {at:%M} phút, {dated_vi(at.date())}" in text
    assert "Văn bản kiến nghị" in text and "a.pdf" in text
    assert "I.2.24" in text and "Cổng thông tin tự động lập".upper() in text


def test_the_appointment_states_day_and_hour_of_the_result(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    text = text_of(slip_pdf(notice_of(case, "appointment")))
    assert f"Thời điểm hẹn trả kết quả / Result by: 17 giờ 00 phút, {dated_vi(case.due_on)}" in text
    assert "3 ngày làm việc" in text and str(cast["desk officer"]) in text


def test_a_request_names_the_pinned_fields_and_papers_and_the_deadline(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    pins = [
        {"path": "amount", "text": "Làm rõ cách tính số tiền."},
        {"path": "papers.a", "text": "Thiếu chữ ký.\nXin ký lại."},
    ]
    verbs.request_supplement(case, by=cast["appraiser"], reasons="Hồ sơ chưa đầy đủ.", pins=pins)
    notice = notice_of(case, "supplement")
    text = text_of(slip_pdf(notice))
    deadline = timezone.localtime(notice.deadline_at)
    assert "Hồ sơ chưa đầy đủ." in text
    assert "Amount (USD): Làm rõ cách tính số tiền." in text
    assert "Văn bản kiến nghị: Thiếu chữ ký. Xin ký lại." in text
    assert f"17 giờ 00 phút, {dated_vi(deadline.date())}" in text
    assert "Test, article 1" in text


def test_an_explanation_has_a_slip_of_its_own(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    verbs.request_explanation(case, by=cast["appraiser"], reasons="Vì sao?")
    assert TITLES["explanation"] in text_of(slip_pdf(notice_of(case, "explanation")))


def test_a_refusal_gives_reasons_legal_basis_and_the_way_to_appeal(cast: Cast) -> None:
    case = walk("petition", Status.REFUSED, cast)
    text = text_of(slip_pdf(notice_of(case, "refusal")))
    assert "Quy hoạch không cho phép." in text and "L143 33" in text
    assert "khiếu nại trong thời hạn 90 ngày" in text and "I.2.22" in text


def test_whatever_an_official_types_the_slip_goes_out(cast: Cast) -> None:
    case = walk("petition", Status.ACCEPTED, cast)
    verbs.request_explanation(case, by=cast["appraiser"], reasons="Xin giải thích 😀 ký tự \u0007 lạ: ก")
    assert "Xin giải thích □ ký tự lạ: □" in text_of(slip_pdf(notice_of(case, "explanation")))


def test_the_same_notice_gives_the_same_bytes_and_its_code_leads_to_the_case(cast: Cast) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    notice = notice_of(case, "receipt")
    pdf = slip_pdf(notice)
    assert pdf == slip_pdf(Notice.objects.get(pk=notice.pk))
    assert codes_of(pdf) == [f"{settings.SITE_URL}{case.get_absolute_url()}"]


def test_a_slip_is_served_to_those_who_may_see_the_case_only(cast: Cast, client: Client) -> None:
    case = walk("petition", Status.SUBMITTED, cast)
    address = f"/cases/{case.reference}/notices/{notice_of(case, 'receipt').pk}.pdf"
    assert client.get(address).status_code == 302
    answers = {}
    for role in ("owner", "observer", "desk officer", "outsider", "statistician"):
        client.force_login(cast[role])
        answers[role] = client.get(address).status_code
    assert answers == {"owner": 200, "observer": 200, "desk officer": 200, "outsider": 404, "statistician": 404}
    client.force_login(cast["owner"])
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


def test_the_slip_of_another_case_is_not_found_under_this_reference(cast: Cast, client: Client) -> None:
    case, other = walk("petition", Status.SUBMITTED, cast), walk("petition", Status.SUBMITTED, cast)
    client.force_login(cast["owner"])
    assert client.get(f"/cases/{case.reference}/notices/{notice_of(other, 'receipt').pk}.pdf").status_code == 404
