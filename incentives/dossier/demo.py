"""An application to show and to test with: camera modules of a medium-sized maker in Trang Due."""

from __future__ import annotations

from datetime import date
from typing import Any


def golden_application(**changes: Any) -> dict[str, Any]:
    """A complete dossier as a program sends it; `project` and `licence_number` are the reader's own to add."""
    return {
        "purpose": "first",
        "project_name": "Dự án sản xuất linh kiện nhựa chính xác cho thiết bị điện tử",
        "licence_number": "4398765432",
        "licensed_on": "2026-04-02",
        "place": "ez",
        "state_land": False,
        "project_type": "new",
        "insured_staff": 180,
        "revenue_vnd": "150000000000",
        "capital_vnd": "95000000000",
        "affiliate": False,
        "large_group": False,
        "new_equipment": True,
        "process": "Ép phun chính xác trong phòng sạch, kiểm tra quang học tự động, đóng gói chống tĩnh điện.",
        "equipment": "12 máy ép phun 180 tấn (Nhật Bản, 2026), 2 máy đo quang học (Hàn Quốc, 2026).",
        "equipment_vnd": "60000000000",
        "equipment_year": 2026,
        "registration_held": True,
        "brief_held": True,
        "environment_paper": "licence",
        "environment_number": "215/GPMT-BQL",
        "environment_on": "2026-05-12",
        "production_on": "2027-03-01",
        "first_revenue_year": 2027,
        "first_year_months": 12,
        "excise": False,
        "resource_share_percent": "18.0000",
        "asks_income_tax": True,
        "tax_level": "A",
        "yearly_income_vnd": "20000000000",
        "asks_import_duty": True,
        "asks_land_rent": False,
        "earlier_incentive": False,
        "goods": [{
            "product": "ELEC-05", "name": "Vỏ mô-đun camera", "hs_code": "8529.90", "capacity": "12000000.00",
            "unit": "chiếc", "high_technology": False, "made_in_vietnam": "not_yet",
        }],
        "buyers": [{
            "name": "LG Innotek Việt Nam Hải Phòng", "country": "VN", "evidence": "contract", "number": "LGI-2026-118",
            "signed_on": "2026-05-20", "until": "2029-05-19", "supplied": "Vỏ mô-đun camera",
        }],
    } | changes  # fmt: skip


def amended(number: str, on: date, **changes: Any) -> dict[str, Any]:
    """What is asked of a certificate in force: a third more capacity."""
    return {
        "purpose": "amend",
        "amends": number,
        "change_reason": f"Tăng công suất theo đơn hàng mới, từ {on:%m/%Y}.",
        "nature_changed": False,
    } | changes
