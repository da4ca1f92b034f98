"""The list of supported products: loaded once, found without accents, open about how sure it is."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts import roles
from incentives.models import SupportedProduct
from incentives.reference import load_incentives_reference
from tests.walk import official

pytestmark = pytest.mark.django_db


def test_the_list_is_loaded_once() -> None:
    assert SupportedProduct.objects.count() == 53
    assert load_incentives_reference()["supported products"] == 0
    assert set(SupportedProduct.objects.values_list("confidence", flat=True)) == {"seen", "general", "unsure"}


@pytest.mark.parametrize("words", ["màn hình", "MAN HINH", "display screens", "elec-11"])
def test_a_product_is_found_in_both_languages_without_accents(words: str) -> None:
    page = Client(headers={"accept-language": "en"}).get(reverse("supported-products"), {"q": words})
    assert [product.code for product, _name in page.context["products"]] == ["ELEC-11"]


def test_each_line_says_how_sure_it_is_and_from_where(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        page = Client(headers={"accept-language": "en"}).get(reverse("supported-products"), {"group": "ELECTRONICS"})
    text = page.content.decode()
    assert "Read in a source" in text
    assert "111/2015/ND-CP" in text
    assert len(page.context["products"]) == 11


def test_officials_read_the_list_and_nobody_edits_it() -> None:
    desk = Client()
    desk.force_login(official(roles.APPRAISER))
    assert desk.get(reverse("admin:incentives_supportedproduct_changelist")).status_code == 200
    assert desk.get(reverse("admin:incentives_supportedproduct_add")).status_code == 403
