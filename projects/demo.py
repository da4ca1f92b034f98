"""Dossiers to show and to test with, built from public facts about real projects of the city (projects/data).

Project, investor, country, zone, product and total capital are facts of the datasets; everything else (people, papers,
rates, phases, workers) is made up so that the dossier is whole, adds up and passes every rule. Amounts are decimal
strings and the shape is that of the API, so `RegistrationSerializer` takes each of them as it stands.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from projects.demo_facts import GOLDEN, SAMPLES, Sample

RATE: Final = Decimal(26_000)
"""VND for 1 USD, round on purpose: the figures stay easy to check by head."""


def golden_registration(on: date | None = None) -> dict[str, Any]:
    """LG Innotek Hai Phong as at its first certificate: USD 549 million in Trang Due industrial park (phase 2)."""
    return registration_of(GOLDEN, on)


def sample_registrations(on: date | None = None) -> list[dict[str, Any]]:
    """More complete dossiers, all different, in a fixed order."""
    return [registration_of(sample, on) for sample in SAMPLES]


def registration_of(sample: Sample, on: date | None = None) -> dict[str, Any]:
    """A whole dossier for a sample, with a schedule that begins in the year after `on` (today, if none is given)."""
    year = (on or timezone.localdate()).year
    return (
        _company(sample)
        | {"investors": _investors(sample, year)}
        | _project(sample, year)
        | _site(sample)
        | _capital(sample, year)
        | _people(sample, year)
        | _incentives(sample)
    )


# --- figures --------------------------------------------------------------------------------------------------------
def _vnd(dollars: Decimal) -> str:
    return f"{dollars * RATE:.0f}"


def _usd(dollars: Decimal) -> str:
    return f"{dollars:.2f}"


def _equity(sample: Sample) -> Decimal:
    """Contributed capital in USD, in full thousands."""
    return (Decimal(sample.total_usd) * sample.equity_percent / 100).quantize(Decimal("1E3"))


def _lease_end(sample: Sample) -> int:
    """The year in which the made-up lease of the site ends."""
    return 2064 if sample.zone == "IP-TD2" else 2070


# --- sections -------------------------------------------------------------------------------------------------------
def _company(sample: Sample) -> dict[str, Any]:
    equity, exists = _equity(sample), bool(sample.enterprise_code)
    data: dict[str, Any] = {
        "applicant": "foreign",
        "investment_form": "existing_company" if exists else "new_company",
        "company_name": sample.company,
        "company_name_en": "",
        "company_short_name": "",
        "company_type": "llc" if sample.partner else "llc_one",
        "enterprise_code": sample.enterprise_code,
        "erc_first_on": "2012-05-16" if exists else None,
        "erc_agency": "Phòng Đăng ký kinh doanh thành phố Hải Phòng" if exists else "",
        "company_first_project": False if exists else None,
        "company_address": "Thành phố Hải Phòng, Việt Nam",
        "company_phone": "+84 225 000 0000",
        "company_email": "office@investor.example",
        "company_website": "",
        "company_representative": "Nguyễn Minh Châu" if exists else "",
        "company_representative_title": "Giám đốc" if exists else "",
        "charter_capital_vnd": _vnd(equity),
        "charter_capital_usd": _usd(equity),
        "filed_by_agent": False,
        "agent_name": "",
        "agent_address": "",
        "agent_phone": "",
        "agent_email": "",
    }
    return data


def _investors(sample: Sample, year: int) -> list[dict[str, Any]]:
    equity = _equity(sample)
    if sample.partner is None:
        return [_investor(sample.investor, sample.country, sample.seat, 100, equity, year)]
    name, seat, percent = sample.partner
    part = equity * percent / 100
    return [
        _investor(sample.investor, sample.country, sample.seat, 100 - percent, equity - part, year),
        _investor(name, sample.country, seat, percent, part, year),
    ]


def _investor(name: str, country: str, seat: str, percent: int, amount: Decimal, year: int) -> dict[str, Any]:
    share = f"{percent}.0000"
    return {
        "kind": "organisation", "name": name, "country": country, "address": seat, "tax_code": "",
        "phone": "+00 000 0000", "fax": "", "email": "invest@investor.example", "website": "", "gender": "",
        "birth_on": None, "id_type": "", "id_number": "", "id_issued_on": None, "id_issued_by": "",
        "id_expires_on": None, "residence": "", "entity_type": "Công ty cổ phần",
        "paper_type": "Giấy chứng nhận đăng ký kinh doanh", "paper_number": "110111-0000000",
        "paper_first_on": "1976-02-24", "paper_changed_on": None,
        "paper_issuer": "Cơ quan đăng ký doanh nghiệp nước sở tại",
        "foreign_share_percent": None, "foreign_members": "", "representative_name": "Kim Min-su",
        "representative_gender": "male", "representative_birth_on": "1970-03-14", "representative_country": country,
        "representative_id_number": "M12345678", "representative_id_expires_on": f"{year + 6}-05-31",
        "representative_title": "Tổng Giám đốc", "representative_address": seat, "representative_phone": "",
        "representative_email": "", "contribution_vnd": _vnd(amount), "contribution_usd": _usd(amount),
        "share_percent": share, "charter_share_percent": share, "contribution_method": "cash", "contribution_note": "",
        "contribution_by": f"{year + 1}-12-31", "contribution_months": None,
    }  # fmt: skip


def _project(sample: Sample, year: int) -> dict[str, Any]:
    objective = {
        "description": f"Sản xuất: {sample.product.lower()}" if sample.zone else sample.product,
        "description_en": "", "vsic_edition": "2025", "vsic_code": sample.vsic, "cpc_code": "", "main": True,
        "market_access_condition": sample.condition,
    }  # fmt: skip
    return {
        "project_name": sample.name_vi,
        "project_name_en": sample.name_en,
        "scale": "",
        "term_years": min(50, _lease_end(sample) - year - 1),
        "term_from": "certificate",
        "objectives": [objective],
        "products": [
            {"name": sample.product, "quantity": "1200000.00", "unit": sample.unit, "phase": "Toàn dự án"},
        ],
    }


def _site(sample: Sample) -> dict[str, Any]:
    outside = not sample.zone
    return {
        "location": "outside" if outside else "zone", "zone": sample.zone or None, "lot": "" if outside else "Lô I-4",
        "ward": sample.ward,
        "address": "", "boundaries": "", "several_provinces": False, "office_in_zone": None,
        "land_area_m2": f"{sample.land_m2}.00", "built_area_m2": f"{sample.land_m2 * 48 // 100}.00",
        "floor_area_m2": f"{sample.land_m2 * 75 // 100}.00",
        "land_current_use": "Đất thương mại, dịch vụ" if outside else "Đất công nghiệp đã có hạ tầng",
        "land_source": "auction" if outside else "sublease",
        "land_lessor": "" if outside else "Công ty phát triển hạ tầng khu công nghiệp",
        "site_lease_until": None if outside else f"{_lease_end(sample)}-08-27",
        "state_land": False, "land_conversion": False,
        "site_cleared": None, "approval_features": [], "no_approval_features": True, "approval_number": "",
        "approval_on": None, "approval_authority": "", "special_procedure": False, "high_tech_criteria": None,
        "commitment_conditions": "", "commitment_assessment": "", "commitment_accepted": None, "impact_mitigation": "",
    }  # fmt: skip


def _capital(sample: Sample, year: int) -> dict[str, Any]:
    total, equity = Decimal(sample.total_usd), _equity(sample)
    loans = total - equity
    first = (total * 40 / 100).quantize(Decimal("1E3"))
    land, working = total * 10 / 100, total * 15 / 100
    equipment = (total * 50 / 100).quantize(Decimal("1E3"))
    return {
        "total_capital_vnd": _vnd(total), "total_capital_usd": _usd(total), "exchange_rate": f"{RATE}.0000",
        "rate_on": f"{year}-11-02", "rate_bank": "Ngân hàng TMCP Ngoại thương Việt Nam",
        "contributed_vnd": _vnd(equity), "contributed_usd": _usd(equity), "mobilised_vnd": _vnd(loans),
        "mobilised_usd": _usd(loans), "retained_vnd": "0", "retained_usd": "0.00", "land_cost_vnd": _vnd(land),
        "construction_cost_vnd": _vnd(total - land - equipment - working), "equipment_cost_vnd": _vnd(equipment),
        "contingency_vnd": "0", "working_capital_vnd": _vnd(working), "deposit_reduction": None,
        "sources": [
            {"kind": "parent", "name": sample.investor, "amount_vnd": _vnd(loans), "amount_usd": _usd(loans),
             "available_by": f"{year + 2}-12-31"},
        ],
        "phases": [_phase("Giai đoạn 1", first, year + 1), _phase("Giai đoạn 2", total - first, year + 3)],
    }  # fmt: skip


def _phase(name: str, amount: Decimal, year: int) -> dict[str, Any]:
    return {
        "name": name, "capital_vnd": _vnd(amount), "capital_usd": _usd(amount), "capital_by": f"{year}-12-31",
        "construction_from": f"{year}-03-01", "construction_to": f"{year}-12-31",
        "installation_to": f"{year + 1}-03-31",
        "trial_on": f"{year + 1}-05-01", "operation_on": f"{year + 1}-07-01",
        "objectives_note": "Xây dựng nhà xưởng, lắp đặt thiết bị và đưa vào hoạt động",
    }  # fmt: skip


def _people(sample: Sample, year: int) -> dict[str, Any]:
    foreign = max(sample.workers // 50, 1)
    return {
        "workers_vietnamese": sample.workers - foreign, "workers_foreign": foreign,
        "technology_name": "Dây chuyền tự động của nhà đầu tư", "technology_origin": sample.country,
        "technology_process": "Tiếp nhận linh kiện - gia công, lắp ráp - kiểm tra - đóng gói.",
        "technology_list": "none", "technology_opinion": False,
        "socio_economic_effect": "Tạo việc làm, đóng góp ngân sách và phát triển chuỗi cung ứng tại thành phố.",
        "environment_needed": True,
        "environment_assessment": "Nước thải, khí thải và chất thải rắn được xử lý đạt quy chuẩn trước khi xả.",
        "equipment": [
            {"name": "Dây chuyền sản xuất chính", "model": "", "origin": sample.country, "made_in_year": year + 1,
             "condition": "new", "quantity": 12, "value_usd": None},
        ],
        "labour": [
            {"phase": "Giai đoạn 1", "vietnamese": (sample.workers - foreign) // 2, "foreign": foreign},
            {"phase": "Giai đoạn 2", "vietnamese": sample.workers - foreign, "foreign": foreign},
        ],
    }  # fmt: skip


def _incentives(sample: Sample) -> dict[str, Any]:
    asked = bool(sample.zone)
    return {
        "incentives_asked": asked,
        "incentive_income_tax": "Thuế suất ưu đãi và thời gian miễn, giảm thuế theo địa bàn." if asked else "",
        "incentive_income_tax_basis": "Luật Thuế thu nhập doanh nghiệp (địa bàn ưu đãi)" if asked else "",
        "incentive_import_duty": "Miễn thuế nhập khẩu hàng hóa tạo tài sản cố định." if asked else "",
        "incentive_import_duty_basis": "Luật Thuế xuất khẩu, thuế nhập khẩu" if asked else "",
        "incentive_land_rent": "", "incentive_land_rent_basis": "", "special_incentive": "",
        "disbursed_in_time_vnd": None, "special_mechanisms": "",
    }  # fmt: skip
