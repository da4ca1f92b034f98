"""The error summary: everything at once, one link per field, in the order of the page."""

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string


class Investor(forms.Form):
    name = forms.CharField(label="Investor")
    share = forms.DecimalField(label="Share")


class Site(forms.Form):
    zone = forms.ChoiceField(label="Zone", choices=[("td", "Tràng Duệ")])
    order = forms.ChoiceField(label="Which first?", widget=forms.RadioSelect, choices=[("irc", "Certificate")])
    agreed = forms.BooleanField(label="I declare.")

    def clean(self):
        raise forms.ValidationError("The shares do not add up <b>.")


def summary(**context: object) -> str:
    return render_to_string("includes/error_summary.html", context)


def test_a_form_without_mistakes_has_no_summary():
    assert summary(form=Site()).strip() == ""
    assert summary().strip() == ""


def test_every_mistake_is_named_and_leads_to_its_control():
    shown = summary(form=Site({}))
    assert "There is a problem" in shown or "Có lỗi cần sửa" in shown
    assert 'href="#id_zone"' in shown
    assert 'href="#id_agreed"' in shown
    assert shown.index("do not add up") < shown.index("Zone") < shown.index("I declare")


def test_a_group_of_choices_is_led_to_as_a_whole():
    assert 'href="#div_id_order"' in summary(form=Site({}))


def test_the_words_of_a_mistake_are_not_read_as_markup():
    assert "add up &lt;b&gt;" in summary(form=Site({}))


def test_the_mistakes_of_a_list_are_told_row_by_row():
    investors = forms.formset_factory(Investor, min_num=3, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "LG", "form-0-share": "x"}
    shown = summary(formsets=investors(data))
    assert 'href="#id_form-0-share"' in shown
    assert shown.count("<li>") >= 2


def test_mistakes_from_elsewhere_come_first():
    shown = summary(form=Site({}), errors=[{"id": "id_file", "label": "Paper", "message": "Too large"}])
    assert shown.index("Too large") < shown.index("Zone")


@pytest.mark.parametrize(("with_summary", "times"), [(True, 1), (False, 1)])
def test_the_mistake_of_the_whole_form_is_said_exactly_once(with_summary, times):
    page = Template(
        "{% load crispy_forms_filters %}"
        "{% if with_summary %}{% include 'includes/error_summary.html' %}{% endif %}{{ form|crispy }}"
    )
    shown = page.render(Context({"form": Site({}), "with_summary": with_summary}))
    assert shown.count("do not add up") == times
