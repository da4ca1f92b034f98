"""The application for the certificate of incentives of a supporting-industry project (Decree 111/2015 and 205/2025).

It asks for a first certificate, or for the adjustment of one that is in force. The contents of the dossier follow
Circular 55/2015, article 5, and the four conditions of Decree 205/2025; their wording is unsure and dated data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.models import User
from cases.findings import Finding
from cases.models import Case, Dossier
from cases.sheet import Part
from incentives.dossier import authority, certificate, checks, choices, granting, papers, reading, sheet, starting
from incentives.eligibility.facts import Facts
from projects.columns import count, day, percent, prose, vnd, words, yes_no
from projects.models import Project

YEARS: Final = [MinValueValidator(1986), MaxValueValidator(2200)]


def year(label: Any) -> models.PositiveSmallIntegerField[int | str | None, int | None]:
    """A tax period, by the year it begins in."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=YEARS)


def periods(label: Any) -> models.PositiveSmallIntegerField[int | str | None, int | None]:
    """A number of tax periods."""
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(60)])


class IncentiveApplication(Dossier):
    """What an enterprise asks for. Amounts in VND; an unanswered question is None or empty."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="incentive", primary_key=True)
    # --- project and enterprise -------------------------------------------------------------------------------------
    purpose = models.CharField(
        _("what is asked for"), max_length=5, choices=choices.Purpose.choices, default=choices.Purpose.FIRST, blank=True
    )
    amends = models.ForeignKey(
        "incentives.IncentiveGrant", on_delete=models.PROTECT, null=True, blank=True, related_name="adjustments",
        verbose_name=_("certificate of incentives to adjust"),
    )  # fmt: skip
    change_reason = prose(_("what changes, and why"))
    nature_changed = yes_no(_("Does the change alter the nature of an approved product or of the project?"))
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="incentive_applications",
        verbose_name=_("project of the register"),
    )  # fmt: skip
    project_name = words(_("name of the project"), 300)
    licence_number = words(_("number of the investment registration certificate or approval"), 60)
    licensed_on = day(_("day of the investment licence"))
    place = models.CharField(_("where the project stands"), max_length=5, choices=choices.Place.choices, blank=True)
    state_land = yes_no(_("Is the land leased from the State itself?"))
    project_type = models.CharField(_("kind of project"), max_length=9, choices=choices.ProjectType.choices, blank=True)
    capacity_before = models.DecimalField(
        _("yearly capacity before the expansion"), max_digits=20, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )  # fmt: skip
    capacity_after = models.DecimalField(
        _("yearly capacity after the expansion, in the same unit"), max_digits=20, decimal_places=2, null=True,
        blank=True, validators=[MinValueValidator(0)],
    )  # fmt: skip
    assets_before_vnd = vnd(_("fixed assets before the expansion, at historical cost (VND)"))
    assets_added_vnd = vnd(_("fixed assets added by the expansion (VND)"))
    insured_staff = count(_("insured staff, average of the previous year"))
    revenue_vnd = vnd(_("revenue of the previous year (VND)"))
    capital_vnd = vnd(_("total capital of the previous year's statements (VND)"))
    affiliate = yes_no(_("Is the enterprise a subsidiary or affiliate of a larger one?"))
    large_group = yes_no(_("Does its group have a revenue of EUR 750 million or more?"))
    # --- technology -------------------------------------------------------------------------------------------------
    new_equipment = yes_no(_("Are the equipment and the process new, and can you show it?"))
    process = prose(_("production process"))
    equipment = prose(_("main equipment with maker, origin and year"))
    equipment_vnd = vnd(_("value of the equipment (VND)"))
    equipment_year = year(_("year of make of the main line"))
    # --- readiness --------------------------------------------------------------------------------------------------
    registration_held = yes_no(_("Do you hold the enterprise or investment registration?"))
    brief_held = yes_no(_("Do you have the project explanation?"))
    environment_paper = models.CharField(
        _("environmental paper"), max_length=12, choices=choices.EnvironmentPaper.choices, blank=True
    )
    environment_number = words(_("number of the environmental paper"), 80)
    environment_on = day(_("day of the environmental paper"))
    production_on = day(_("official start of production, trial production excluded"))
    first_revenue_year = year(_("first tax period with revenue of the project"))
    first_year_months = models.PositiveSmallIntegerField(
        _("months of that first period"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    excise = yes_no(_("Is any of the products subject to excise tax?"))
    resource_share_percent = percent(_("resources and energy in the cost of the product (%)"))
    # --- incentives asked for ---------------------------------------------------------------------------------------
    asks_income_tax = yes_no(_("Corporate income tax"))
    tax_level = models.CharField(
        _("level of income tax chosen"), max_length=12, choices=choices.TaxLevel.choices, blank=True
    )
    defer_first_period = yes_no(_("Will you let the incentive begin with the second period, if the first is short?"))
    yearly_income_vnd = models.DecimalField(
        _("taxable income expected in a usual year (VND)"), max_digits=20, decimal_places=0, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(Decimal(10) ** 15 - 1)],
    )  # fmt: skip
    asks_import_duty = yes_no(_("Import duty"))
    asks_land_rent = yes_no(_("Land rent"))
    asks_credit = yes_no(_("Credit"))
    asks_research = yes_no(_("Research, technology and certification"))
    asks_people = yes_no(_("Training of people"))
    earlier_incentive = yes_no(_("Has the same income had an income-tax incentive before?"))
    earlier_law = words(_("law and level of the earlier incentive"), 200)
    earlier_from_year = year(_("first period of the earlier incentive"))
    rate_years_scheduled = periods(_("periods at a preferential rate, scheduled"))
    rate_years_used = periods(_("periods at a preferential rate, used"))
    exempt_years_scheduled = periods(_("exempt periods, scheduled"))
    exempt_years_used = periods(_("exempt periods, used"))
    half_years_scheduled = periods(_("periods at half, scheduled"))
    half_years_used = periods(_("periods at half, used"))

    class Meta:
        verbose_name = _("application for incentives")
        verbose_name_plural = _("applications for incentives")

    def __str__(self) -> str:
        return self.title() or str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new dossier starts from the company's project where there is only one."""
        if self._state.adding and self.project_id is None:
            starting.start_from_only_project(self)
        super().save(*args, **kwargs)

    # --- what the engines of this app ask ---------------------------------------------------------------------------
    @property
    def asked_on(self) -> date:
        """The day whose law applies: a dossier keeps the law of the day it was handed in."""
        return reading.asked_on(self)

    @property
    def product_text(self) -> str:
        """The code of the product that decides; empty while none is chosen."""
        return reading.product_text(self)

    @property
    def facts(self) -> Facts:
        """The answers as the eligibility engine reads them, those of the product that decides among them."""
        return reading.facts(self)

    # --- what every dossier says (see cases.models.Dossier) ---------------------------------------------------------
    def title(self) -> str:
        """The project's name."""
        return self.project.name if self.project else self.project_name

    def amount_usd(self) -> Decimal | None:
        """The capital of the project as its chain adds up to; unknown outside the register."""
        return reading.capital_usd(self)

    def search_words(self) -> Sequence[str]:
        """Codes and names of project and products."""
        return reading.search_words(self)

    def procedure_code(self) -> str:
        """A first certificate, or the adjustment of one."""
        return "coi-adjust" if self.purpose == choices.Purpose.AMEND else "coi"

    def authority_code(self) -> str:
        """By size and place, as the dated routes say."""
        return authority.code_for(self)

    def required_papers(self) -> frozenset[str]:
        """Papers that the answers call for."""
        return papers.required(self)

    def known_project_code(self) -> str:
        """The national code of the project, else the one of our register, else the licence."""
        project = self.project
        return (project.national_code or project.code or "") if project else self.licence_number

    def effects(self) -> Sequence[str]:
        """What the certificate will give, and which one ends."""
        return granting.effects(self)

    def findings(self, on: date) -> list[Finding]:
        """Every check under the rules of that day."""
        return checks.findings(self, on)

    def sheet(self) -> list[Part]:
        """The application as people read it."""
        return sheet.parts(self)

    def as_data(self) -> dict[str, Any]:
        """The shape the API takes."""
        return reading.as_data(self)

    def grant(self, *, by: User, at: datetime) -> None:
        """Approve only what this portal may decide, for a certificate that is still in force."""
        del by
        granting.ensure_grantable(self, at)

    def certificate_content(self) -> dict[str, Any]:
        """The certificate of incentives: project, products of the list, conditions found met."""
        return dict(certificate.content(self))

    def take_effect(self, *, certificate_number: str, project_code: str, on: date, by: User | None) -> None:
        """Write the grant with its products and what follows from it, in the issuing transaction."""
        del project_code
        granting.take_effect(self, certificate_number=certificate_number, on=on, by=by)


class Good(models.Model):
    """A product applied for: a line of one version of the list, and what the enterprise makes of it."""

    application = models.ForeignKey(IncentiveApplication, on_delete=models.CASCADE, related_name="goods")
    position = models.PositiveSmallIntegerField(default=0)
    product = models.ForeignKey(
        "incentives.SupportedProduct", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("line of the list"),
    )  # fmt: skip
    name = words(_("what you make"), 300)
    hs_code = words(_("HS code"), 12)
    capacity = models.DecimalField(
        _("designed capacity a year"), max_digits=20, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    unit = words(_("unit"), 40)
    high_technology = yes_no(_("Is it for high technology under the High-Technology Law?"))
    made_in_vietnam = models.CharField(
        _("Is it made in Vietnam already, and to which standard?"),
        max_length=14,
        choices=choices.Made.choices,
        blank=True,
    )
    standard = words(_("standard"), 200)
    standard_issuer = words(_("certified by"), 200)
    standard_on = day(_("certified on"))
    standard_until = day(_("certificate expires on"))

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ("application", "position")

    def __str__(self) -> str:
        return self.name or str(self.product or "")


class Buyer(models.Model):
    """A maker of finished products that is supplied, and what shows it."""

    application = models.ForeignKey(IncentiveApplication, on_delete=models.CASCADE, related_name="buyers")
    position = models.PositiveSmallIntegerField(default=0)
    name = words(_("maker of finished products"), 300)
    country = CountryField(_("country"), blank=True)
    evidence = models.CharField(_("what shows it"), max_length=10, choices=choices.Evidence.choices, blank=True)
    number = words(_("number of the paper"), 80)
    signed_on = day(_("day of the paper"))
    until = day(_("valid until"))
    supplied = words(_("what is supplied"), 300)

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ("application", "position")

    def __str__(self) -> str:
        return self.name
