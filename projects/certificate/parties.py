"""Who a certificate is for: the investors, and the organisation that carries out the project."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from certificates.content import Party, Row, row, text
from certificates.numerals import dated_en, dated_vi
from projects.certificate.words import called, capital_row, country_row
from projects.shape import rows

if TYPE_CHECKING:
    from projects.registration import Registration
    from projects.registration_lists import RegistrationInvestor

ORDINALS_EN: Final = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
ORDINALS_VI: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def parties(registration: Registration) -> Iterator[Party]:
    """Every investor in the order of the dossier, then the organisation if there is one."""
    investors = rows(registration, "investors")
    for number, investor in enumerate(investors):
        vi, en = "Nhà đầu tư", "Investor"
        if len(investors) > 1 and number < len(ORDINALS_VI):
            vi, en = f"Nhà đầu tư thứ {ORDINALS_VI[number]}", f"{ORDINALS_EN[number]} investor"
        particulars = _individual(investor) if investor.kind == "individual" else _organisation(investor)
        yield {"heading": text(vi, en), "name": investor.name, "rows": list(particulars)}
    if registration.investment_form != "bcc":
        yield {
            "heading": text(
                "Tổ chức kinh tế thực hiện dự án đầu tư", "Economic organisation that carries out the project"
            ),
            "name": registration.company_name,
            "rows": list(_company(registration)),
        }


def _individual(investor: RegistrationInvestor) -> Iterator[Row]:
    if investor.birth_on:
        yield row("Ngày sinh", "Date of birth", dated_vi(investor.birth_on), dated_en(investor.birth_on))
    yield country_row("Quốc tịch", "Nationality", investor.country)
    yield _paper(
        "Giấy tờ pháp lý", "Identity paper", *called(investor.id_type),
        investor.id_number, investor.id_issued_on,
    )  # fmt: skip
    yield row("Địa chỉ thường trú", "Permanent address", investor.address)


def _organisation(investor: RegistrationInvestor) -> Iterator[Row]:
    yield _paper(
        "Giấy tờ thành lập", "Establishment paper", investor.paper_type, investor.paper_type, investor.paper_number,
        investor.paper_first_on,
    )  # fmt: skip
    yield country_row("Nước thành lập", "Country of establishment", investor.country)
    yield row("Địa chỉ trụ sở chính", "Head office", investor.address)
    person = f"{investor.representative_name}, {investor.representative_title}"
    yield row("Người đại diện theo pháp luật", "Legal representative", person)


def _paper(vi: str, en: str, kind_vi: str, kind_en: str, number: str, issued_on: date | None) -> Row:
    """A paper with its number and, where known, its date."""
    dated = ("", "") if issued_on is None else (f", cấp {dated_vi(issued_on)}", f", issued on {dated_en(issued_on)}")
    return row(vi, en, f"{kind_vi} số {number}{dated[0]}", f"{kind_en} No. {number}{dated[1]}")


def _company(registration: Registration) -> Iterator[Row]:
    if registration.company_name_en:
        yield row("Tên bằng tiếng nước ngoài", "Name in a foreign language", registration.company_name_en)
    if registration.enterprise_code:
        yield row("Mã số doanh nghiệp", "Enterprise code", registration.enterprise_code)
    else:
        yield row("Tình trạng", "Status", "Dự kiến thành lập", "To be founded")
    yield row("Địa chỉ trụ sở chính", "Head office", registration.company_address)
    if registration.charter_capital_vnd is not None:
        yield capital_row(
            "Vốn điều lệ", "Charter capital", registration.charter_capital_vnd, registration.charter_capital_usd
        )
