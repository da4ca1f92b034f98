"""Public facts about real projects of the city (projects/data), from which `projects.demo` makes whole dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sample:
    """What the datasets say of a project, and the few choices that make its dossier differ from the others."""

    name_vi: str
    name_en: str
    investor: str
    country: str
    seat: str
    zone: str
    vsic: str
    product: str
    unit: str
    total_usd: int
    workers: int
    company: str
    equity_percent: int = 40
    land_m2: int = 60_000
    partner: tuple[str, str, int] | None = None
    enterprise_code: str = ""
    ward: str = ""
    condition: str = ""


GOLDEN: Final = Sample(
    "Dự án sản xuất mô-đun camera LG Innotek Hải Phòng", "LG Innotek Hai Phong camera module project",
    "LG INNOTEK CO., LTD.", "KR", "30, Magokjungang 10-ro, Gangseo-gu, Seoul, Hàn Quốc", "IP-TD2", "2619",
    "Mô-đun camera", "sản phẩm", 549_000_000, 2_600, "Công ty TNHH LG Innotek Việt Nam Hải Phòng", 33, 130_000,
)  # fmt: skip

SAMPLES: Final = (
    Sample(
        "Dự án sản xuất vật liệu phân hủy sinh học Ecovance", "Ecovance biodegradable materials project",
        "ECOVANCE CO., LTD.", "KR", "Seoul, Hàn Quốc", "IP-DEEPC1", "2013", "Nhựa phân hủy sinh học PBAT", "tấn",
        500_000_000, 400, "Công ty TNHH Ecovance Việt Nam", 30, 220_000,
    ),
    Sample(
        "Dự án sản xuất lốp xe Bridgestone Việt Nam", "Bridgestone Vietnam tyre project", "BRIDGESTONE CORPORATION",
        "JP", "Tokyo, Nhật Bản", "IP-DEEPC1", "2211", "Lốp xe ô tô con", "lốp", 574_800_000, 1_900,
        "Công ty TNHH sản xuất lốp xe Bridgestone Việt Nam", 45, 1_020_000,
    ),
    Sample(
        "Dự án sản xuất máy in Kyocera Document Technology", "Kyocera Document Technology printer project",
        "KYOCERA DOCUMENT SOLUTIONS INC.", "JP", "Osaka, Nhật Bản", "IP-VSIP", "2620", "Máy in và máy đa chức năng",
        "chiếc", 187_500_000, 3_000, "Công ty TNHH Kyocera Document Technology Việt Nam", 50, 200_000,
    ),
    Sample(
        "Dự án sản xuất thiết bị văn phòng FUJIFILM", "FUJIFILM office equipment project",
        "FUJIFILM BUSINESS INNOVATION CORP.", "JP", "Tokyo, Nhật Bản", "IP-VSIP", "2817",
        "Máy đa chức năng màu và máy in LED", "chiếc", 119_000_000, 2_200,
        "Công ty TNHH FUJIFILM Manufacturing Hải Phòng",
    ),
    Sample(
        "Dự án sản xuất dược phẩm Nipro Pharma Việt Nam", "Nipro Pharma Vietnam pharmaceutical project",
        "NIPRO PHARMA CORPORATION", "JP", "Osaka, Nhật Bản", "IP-VSIP", "2100", "Dược phẩm", "triệu đơn vị liều",
        250_000_000, 700, "Công ty TNHH Nipro Pharma Việt Nam", 50, 150_000,
        condition="Đáp ứng điều kiện sản xuất thuốc theo pháp luật về dược trước khi hoạt động.",
    ),
    Sample(
        "Dự án sản xuất mô-đun điện tử USI Việt Nam", "USI Vietnam electronic module project",
        "UNIVERSAL SCIENTIFIC INDUSTRIAL (SHANGHAI) CO., LTD.", "CN", "Thượng Hải, Trung Quốc", "IP-DEEPC1", "2619",
        "Mô-đun hệ thống trong gói (SiP)", "triệu sản phẩm", 200_000_000, 1_500,
        "Công ty TNHH Universal Scientific Industrial Việt Nam", 50, 65_000,
    ),
    Sample(
        "Dự án sản xuất túi khí Toyoda Gosei Hải Phòng", "Toyoda Gosei Hai Phong airbag project",
        "TOYODA GOSEI CO., LTD.", "JP", "Aichi, Nhật Bản", "IP-NOMURA", "2930", "Bộ phận túi khí và vô lăng",
        "nghìn bộ", 74_950_000, 1_200,
        "Công ty TNHH Toyoda Gosei Hải Phòng", 60, 55_000,
        partner=("TOYOTA TSUSHO CORPORATION", "Nagoya, Nhật Bản", 5),
    ),
    Sample(
        "Dự án sản xuất kính quang năng Flat (Việt Nam)", "Flat (Vietnam) photovoltaic glass project",
        "FLAT GLASS GROUP CO., LTD.", "CN", "Gia Hưng, Chiết Giang, Trung Quốc", "IP-DEEPC", "2310", "Kính quang năng",
        "tấn", 300_000_000, 800, "Công ty TNHH Năng lượng Flat (Việt Nam)", 35, 350_000,
    ),
    Sample(
        "Dự án sản xuất vật liệu kỹ thuật mới HMT (Hải Phòng)", "HMT (Hai Phong) new technical materials project",
        "HMT (XIAMEN) NEW TECHNICAL MATERIALS CO., LTD.", "CN", "Hạ Môn, Trung Quốc", "IP-ANDUONG", "2930",
        "Vải túi khí và túi khí", "triệu sản phẩm", 75_000_000, 900,
        "Công ty TNHH HMT (Hải Phòng) Vật liệu Kỹ thuật mới",
    ),
    Sample(
        "Dự án sản xuất bản mạch điện tử Haengsung", "Haengsung circuit board project",
        "HAENGSUNG ELECTRONICS CO., LTD.", "KR", "Busan, Hàn Quốc", "IP-TD2", "2619", "Bản mạch điện tử",
        "triệu sản phẩm", 100_000_000, 1_100,
        "Công ty TNHH Haengsung Electronics Việt Nam",
    ),
    Sample(
        "Dự án sản xuất thiết bị sạc xe điện Starcharge", "Starcharge electric-vehicle charging equipment project",
        "STARCHARGE ENERGY PTE. LTD.", "SG", "Singapore", "IP-MARINE", "2710", "Thiết bị sạc xe điện", "bộ", 14_000_000,
        250, "Công ty TNHH Starcharge Energy Việt Nam", 60, 20_000,
    ),
    Sample(
        "Dự án sản xuất pin HW Energy", "HW Energy battery project", "HW INTERNATIONAL INVESTMENT HOLDINGS PTE. LTD.",
        "SG", "Singapore", "IP-MARINE", "2720", "Pin kiềm và pin kẽm - các-bon", "triệu viên", 49_000_000, 500,
        "Công ty TNHH HW Energy", 50, 40_000,
    ),
    Sample(
        "Dự án sản xuất linh kiện truyền động Trakmotive Việt Nam", "Trakmotive Vietnam drive-train parts project",
        "TRAKMOTIVE GLOBAL INDUSTRIAL INC.", "US", "California, Hoa Kỳ", "IP-NDV1", "2930", "Trục truyền động ô tô",
        "nghìn bộ", 60_000_000, 600, "Công ty TNHH Trakmotive Việt Nam", 55, 60_000,
    ),
    Sample(
        "Dự án sản xuất linh kiện điện tử Chilisin (mở rộng)", "Chilisin electronic components project (expansion)",
        "CHILISIN ELECTRONICS SINGAPORE PTE. LTD.", "SG", "Singapore", "IP-VSIP", "2619", "Cuộn cảm", "triệu sản phẩm",
        73_700_000, 1_300, "Công ty TNHH Điện tử Chilisin Việt Nam", 50, 30_000, enterprise_code="0201888018",
    ),
    Sample(
        "Dự án trung tâm thương mại AEON MALL Hải Phòng", "AEON MALL Hai Phong shopping centre project",
        "AEON MALL CO., LTD.", "JP", "Chiba, Nhật Bản", "", "4719", "Dịch vụ trung tâm thương mại", "lượt khách",
        200_000_000, 300, "Công ty TNHH AEON MALL Hải Phòng", 60, 93_000, ward="phường Lê Chân",
        condition="Thực hiện thủ tục cấp Giấy phép kinh doanh và Giấy phép lập cơ sở bán lẻ trước khi hoạt động.",
    ),
)  # fmt: skip
