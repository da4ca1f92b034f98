"""The papers themselves: exact Vietnamese, embedded fonts, archivable, the same bytes for the same data."""

from __future__ import annotations

import random
import string
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from certificates import rendering
from certificates.rendering import RenderError, printable, render, render_whatever
from tests.certificates.reading import codes_of, fonts_of, text_of
from tests.certificates.samples import VERIFY_URL, frozen, paper


def test_every_word_of_the_certificate_can_be_read_back_exactly() -> None:
    text = text_of(render("certificate", paper()))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG",
        "BAN QUẢN LÝ KHU KINH TẾ HẢI PHÒNG",
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ INVESTMENT REGISTRATION CERTIFICATE",
        "Mã số dự án / Project code: 5432109876",
        "Chứng nhận lần đầu: ngày 24 tháng 11 năm 2026 / First certified: 24 November 2026",
        "Căn cứ Luật Đầu tư số 143/2025/QH15 ngày 11 tháng 12 năm 2025;",
        "Căn cứ văn bản đề nghị thực hiện dự án đầu tư và hồ sơ kèm theo nộp ngày 02 tháng 11 năm 2026,",
        "LG INNOTEK CO., LTD. (LG 이노텍 주식회사)",
        "Địa chỉ trụ sở chính / Head office: 30, Magokjungang 10-ro, Gangseo-gu, Seoul, Hàn Quốc",
        "Điều 1. Nội dung dự án đầu tư / Article 1. Content of the investment project",
        "1. Tên dự án đầu tư / Project name: Dự án sản xuất mô-đun camera LG Innotek Hải Phòng",
        "Sản xuất thiết bị truyền thông",
        "2630",
        "49.275.000.000.000 (Bốn mươi chín nghìn hai trăm bảy mươi lăm tỷ) đồng, tương đương 2.051.000.000",
        "VND 49,275,000,000,000, equivalent to USD 2,051,000,000",
        "Tổng cộng 12.318.750.000.000 100",
        "Điều 4. Hiệu lực và số bản gốc",
        "TRƯỞNG BAN",
        "Nguyễn Thị Hải Yến",
        "dautu.haiphong.example/verify",
        "Trang 1/",
    ):
        assert words in text


def test_an_adjusted_certificate_lists_every_earlier_issue_and_what_changes() -> None:
    history = [{"version": 0, "issued_on": "2024-03-05"}, {"version": 1, "issued_on": "2025-01-20"}]
    changes = [{"label": {"vi": "Tổng vốn đầu tư", "en": "Total capital"}, "value": {"vi": "tăng", "en": "increased"}}]
    text = text_of(render("certificate", paper(history=history, version=2, changes=changes)))
    assert "Chứng nhận lần đầu: ngày 05 tháng 3 năm 2024" in text
    assert "Chứng nhận điều chỉnh lần thứ 1: ngày 20 tháng 01 năm 2025" in text
    assert "Chứng nhận điều chỉnh lần thứ 2: ngày 24 tháng 11 năm 2026" in text
    assert "1. Tổng vốn đầu tư / Total capital: tăng" in text


def test_every_font_is_embedded_and_comes_from_a_wheel() -> None:
    fonts = fonts_of(render("certificate", paper()))
    assert fonts and all(fonts.values())
    families = {name.split("+")[-1].split("-")[0] for name in fonts}
    assert families <= {"NotoSerif", "NotoSans", "NotoSansCJKkr"}


def test_the_file_is_archivable_tagged_and_in_vietnamese() -> None:
    reader = PdfReader(BytesIO(render("certificate", paper())))
    catalog = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert catalog["/MarkInfo"]["/Marked"] == True and "/StructTreeRoot" in catalog  # noqa: E712 (a PDF boolean)
    assert catalog["/Lang"] == "vi" and "/OutputIntents" in catalog
    assert reader.metadata and reader.metadata.title == "GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ HP-2026-000001"


def test_the_same_content_gives_the_same_bytes_in_every_process_and_thread() -> None:
    first = render("certificate", paper())
    with ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _n: render("certificate", paper()), range(8)))
    assert set(again) == {first}
    assert render("certificate", paper("HP-2026-000002")) != first


def test_the_code_on_the_page_holds_the_address_of_the_check() -> None:
    assert codes_of(render("certificate", paper())) == [VERIFY_URL]


def test_a_code_can_be_read_whatever_the_seal_looks_like() -> None:
    chance = random.Random(20261124)
    letters = string.ascii_letters + string.digits + "-_"
    for _code in range(40):
        seal = "".join(chance.choices(letters, k=86))
        address = f"https://dautu.haiphong.example/verify/HP-2026-000001/?d=20261124&h={seal[:43]}&s={seal}"
        data = paper() | {"qr": rendering.qr_svg(address)}
        data["content"] = data["content"] | {"articles": data["content"]["articles"][3:]}
        assert codes_of(render("certificate", data)) == [address]


def test_a_test_authority_is_told_on_the_paper_and_a_real_one_is_not() -> None:
    told = text_of(render("certificate", paper()))
    assert "Ký bằng chứng thư thử nghiệm, không có giá trị pháp lý" in told and "TEST" in told
    assert "TEST" not in text_of(render("certificate", paper(test=False)))


def test_text_is_never_taken_for_code() -> None:
    data = paper()
    sly = '#panic("x") #let a = 1; $x^2$ *bold* _it_ @ref <label> `raw` // note \\ #read("secret")'
    data["content"]["parties"][0]["name"] = sly
    assert sly in text_of(render("certificate", data))


def test_what_no_font_can_draw_is_refused_on_a_certificate_and_boxed_on_a_slip() -> None:
    data = paper()
    data["content"]["parties"][0]["name"] = "Công ty 😀 Hải Phòng"
    with pytest.raises(RenderError, match="😀") as refusal:
        render("certificate", data)
    assert refusal.value.undrawable == {"😀"}
    assert "Công ty □ Hải Phòng" in text_of(render_whatever("certificate", data))


def test_a_warning_of_the_typesetter_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "FAMILIES", ("No Such Face", *rendering.FAMILIES))
    with pytest.raises(RenderError, match="no such face"):
        render("certificate", paper())


def test_decomposed_letters_and_control_characters_are_put_right() -> None:
    assert printable({"a": ["Hai Pho\u0300ng\u0000\u202e", 1, None]}) == {"a": ["Hai Phòng", 1, None]}


def test_a_long_certificate_keeps_its_tables_and_numbers_its_pages() -> None:
    content = frozen()
    table = content["articles"][0]["clauses"][1]["tables"][0]
    table["rows"] = [[str(n), f"Mục tiêu số {n}", f"{n:04d}"] for n in range(1, 121)]
    data = paper() | {"content": content}
    reader = PdfReader(BytesIO(render("certificate", data)))
    text = text_of(render("certificate", data))
    assert all(f"Mục tiêu số {n} {n:04d}" in text for n in range(1, 121))
    assert f"Trang {len(reader.pages)}/{len(reader.pages)}" in text


def test_another_reader_finds_the_same_words_and_a_heading_on_each_level() -> None:
    document = pypdfium2.PdfDocument(render("certificate", paper()))
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "GIẤY CHỨNG NHẬN ĐĂNG KÝ ĐẦU TƯ" in words and "Điều 4." in words
    assert document.is_tagged()
