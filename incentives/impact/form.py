"""What has to be supposed before revenue forgone can be reckoned: typed by a person, never by the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from incentives.impact.forgone import Assumed
from incentives.impact.standing import Standing
from incentives.tax import catalogue
from incentives.tax.law import Level
from incentives.tax.wording import LEVELS
from projects.fields import NumberField

ASKED: Final = ("margin", "rate", "wait", "until", "as_if")
MOST_YEARS: Final = 40
WHOM: Final = (
    ("granted", _("Certificates of incentives in force")),
    ("line", _("These, and projects whose words name a line of the list")),
    ("petitioned", _("These, and projects named in a petition")),
)
INCOME: Final = (
    ("capital", _("From the capital, as stated below")),
    ("application", _("As the application states it; from the capital where it states nothing")),
)
WIDER: Final[dict[str, tuple[Standing, ...]]] = {
    "granted": (), "line": (Standing.LINE,), "petitioned": (Standing.LINE, Standing.PETITIONED),
}  # fmt: skip


def _percent(label: Any, **more: Any) -> NumberField:
    limits = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
    return NumberField(label=label, places=2, largest=Decimal(100), validators=limits, **more)


class AssumptionForm(forms.Form):
    """The assumptions, in the address: so that they can be kept, passed on and printed with the answer."""

    whom = forms.ChoiceField(label=_("For whom"), choices=WHOM, required=False, initial="granted")
    income = forms.ChoiceField(label=_("Income of the certificates in force"), choices=INCOME, required=False)
    margin = _percent(_("Profit a year, in % of the registered capital"))
    rate = NumberField(
        label=_("Dong for 1 USD"), places=4, smallest=Decimal(1000), largest=Decimal(100_000),
        validators=[MinValueValidator(Decimal(1000)), MaxValueValidator(Decimal(100_000))],
    )  # fmt: skip
    wait = forms.IntegerField(
        label=_("Years from the certificate to the first revenue"), min_value=0, max_value=10,
        help_text=_("0: revenue in the year of the certificate."),
    )  # fmt: skip
    until = forms.IntegerField(label=_("Last year looked at"), min_value=2016, max_value=2100)
    as_if = forms.IntegerField(
        label=_("Year of the certificate, for projects that have none"), min_value=2016, max_value=2100, required=False,
        help_text=_("Only where projects without a certificate are reckoned too."),
    )  # fmt: skip
    standard = forms.ChoiceField(
        label=_("Standard rate"), required=False, choices=[("20", "20 %"), ("17", "17 %"), ("15", "15 %")]
    )
    level = forms.ChoiceField(label=_("Level of incentive"), required=False, initial="A")
    other = forms.ChoiceField(label=_("Beside it: another level"), required=False, initial="B")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data if any(data.get(name) for name in ASKED) else None)
        self.use_required_attribute = False
        levels = [(level.code, LEVELS[level.code]) for level in catalogue.comparable(local_date())]
        for name in ("level", "other"):
            self.fields[name].choices = levels  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A year for those without a certificate, and no more years than an incentive can last."""
        given = super().clean() or {}
        if (
            given.get("whom", "granted") not in ("", "granted")
            and not given.get("as_if")
            and "as_if" not in self.errors
        ):
            self.add_error("as_if", _now("Please state the year: these projects have no certificate."))
        until, year = given.get("until"), local_date().year
        if until and until > year + MOST_YEARS:
            self.add_error("until", _now("At most %(years)s years from now.") % {"years": MOST_YEARS})
        return given

    def assumed(self) -> Assumed:
        """What was stated."""
        given = self.cleaned_data
        standard = Decimal(given["standard"] or "20")
        as_applied = given["income"] == "application"
        return Assumed(given["margin"], given["rate"], given["wait"], given["until"], standard, as_applied)

    @property
    def wider(self) -> tuple[Standing, ...]:
        """The projects without a certificate that are reckoned too."""
        return WIDER[self.cleaned_data["whom"] or "granted"]

    def levels(self) -> tuple[Level, Level]:
        """The level that is reckoned, and the one beside it."""
        found = {level.code: level for level in catalogue.comparable(local_date())}
        return found[self.cleaned_data["level"] or "A"], found[self.cleaned_data["other"] or "B"]
