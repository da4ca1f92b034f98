import unicodedata

import pytest

from accounts.folding import company_key, fold

NAMES = [
    ("Đình Vũ", "dinh vu"),
    ("ĐÌNH VŨ", "dinh vu"),
    (unicodedata.normalize("NFD", "Đình Vũ"), "dinh vu"),
    ("  Khu   công nghiệp\tTràng Duệ ", "khu cong nghiep trang due"),
    ("Nguyễn Ước Ấm Ợ Ỹ", "nguyen uoc am o y"),
    ("엘지이노텍", "엘지이노텍"),
    (unicodedata.normalize("NFD", "엘지이노텍"), "엘지이노텍"),
    ("日本ブリヂストン", "日本フリチストン"),
    ("Société Générale", "societe generale"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "folded"), NAMES)
def test_marks_case_and_composition_do_not_matter(written, folded):
    assert fold(written) == unicodedata.normalize("NFC", folded)


@pytest.mark.parametrize("written", [name for name, _folded in NAMES])
def test_folding_twice_changes_nothing(written):
    assert fold(fold(written)) == fold(written)


@pytest.mark.parametrize(
    "spelling",
    [
        "LG Innotek Vietnam Hai Phong Co., Ltd",
        "LG INNOTEK VIET NAM HAI PHONG CO.,LTD.",
        "Công ty TNHH LG Innotek Việt Nam Hải Phòng",
        "LG Innotek Vietnam Hai Phong Company Limited",
    ],
)
def test_two_spellings_of_a_company_have_the_same_key(spelling):
    assert company_key(spelling) == "lg innotek vietnam hai phong"


def test_different_companies_have_different_keys():
    assert company_key("Ohsung Vina Co., Ltd") != company_key("Hansung Vina Co., Ltd")
