import pytest
from django.core.exceptions import ValidationError

from accounts.tax_code import check_digit, normalise_tax_code, validate_tax_code

# Codes that large companies publish themselves.
PUBLISHED = ["0300588569", "0101248141", "0100109106"]


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_valid(code):
    validate_tax_code(code)
    assert check_digit(code[:9]) == int(code[9])


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_dependent_unit_has_the_code_of_its_head_and_three_digits(code):
    validate_tax_code(f"{code}-001")


@pytest.mark.parametrize("code", PUBLISHED)
@pytest.mark.parametrize("place", range(10))
def test_every_single_wrong_digit_is_found(code, place):
    wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
    with pytest.raises(ValidationError) as refusal:
        validate_tax_code(wrong)
    assert refusal.value.code == "checksum"


@pytest.mark.parametrize("code", ["", "030058856", "03005885699", "0300588569-01", "03005A8569", "٠٣٠٠٥٨٨٥٦٩"])
def test_a_wrong_shape_is_told_apart_from_a_wrong_digit(code):
    with pytest.raises(ValidationError) as refusal:
        validate_tax_code(code)
    assert refusal.value.code == "shape"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0300588569", "0300588569"),
        (" 0300 588 569 ", "0300588569"),
        ("0300.588.569", "0300588569"),
        ("0300588569001", "0300588569-001"),
        ("0300588569-001", "0300588569-001"),
        ("0300588569 – 001", "0300588569-001"),
        ("ABC 123", "ABC 123"),
        ("", ""),
    ],
)
def test_a_code_has_one_written_form(typed, written):
    assert normalise_tax_code(typed) == written
