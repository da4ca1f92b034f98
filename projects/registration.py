"""The registration dossier: the request and the project proposal of a new project, before its certificate.

Fields follow the request form and the proposal of Decree 96/2026, articles 32(1) and 39(1). A draft may leave
everything open: what must be there before submission is data (`projects/data/answers.json`), checked by the pre-check.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.models import User, WebAddressField
from cases.findings import Finding
from cases.models import Dossier
from cases.sheet import Part
from projects import certificate, granting, precheck, routing, shape, sheet
from projects.columns import area, count, day, not_negative, prose, usd, vnd, words, yes_no
from projects.money import money
from projects.zones import Zone

AMOUNTS = (
    "charter_capital_vnd", "charter_capital_usd", "total_capital_vnd", "total_capital_usd", "contributed_vnd",
    "contributed_usd", "mobilised_vnd", "mobilised_usd", "retained_vnd", "retained_usd", "land_cost_vnd",
    "construction_cost_vnd", "equipment_cost_vnd", "contingency_vnd", "working_capital_vnd", "disbursed_in_time_vnd",
    "land_area_m2", "built_area_m2", "floor_area_m2", "exchange_rate",
)  # fmt: skip


class Registration(Dossier):
    """What an investor asks for when a project is registered for the first time."""

    class Applicant(models.TextChoices):
        FOREIGN = "foreign", _("Foreign investor")
        FOREIGN_OWNED = "foreign_owned", _("Organisation in Viet Nam with more than half foreign capital")
        DOMESTIC = "domestic", _("Domestic investor asking for a certificate of its own accord")

    class Form(models.TextChoices):
        NEW_COMPANY = "new_company", _("Through a company to be founded")
        EXISTING_COMPANY = "existing_company", _("Through a company that exists already")
        BCC = "bcc", _("Under a business cooperation contract (BCC)")

    class CompanyType(models.TextChoices):
        LLC_ONE = "llc_one", _("Limited liability company with one member")
        LLC = "llc", _("Limited liability company with two or more members")
        JSC = "jsc", _("Joint stock company")
        PARTNERSHIP = "partnership", _("Partnership")
        OTHER = "other", _("Other")

    class Location(models.TextChoices):
        ZONE = "zone", _("In an industrial park, economic zone or another zone of the city")
        OUTSIDE = "outside", _("Outside the zones")

    class LandSource(models.TextChoices):
        SUBLEASE = "sublease", _("Land subleased from the developer of the zone")
        WORKSHOP = "workshop", _("Workshop or office rented")
        STATE = "state", _("Land allocated or leased by the State without auction or bidding")
        AUCTION = "auction", _("Land won in an auction or a bidding")
        OWN = "own", _("Land the investor or company uses already")
        TRANSFER = "transfer", _("Land-use right taken over or contributed")

    class TermStart(models.TextChoices):
        CERTIFICATE = "certificate", _("From the day of the certificate")
        LAND_DECISION = "land_decision", _("From the decision to allocate or lease land")
        HANDOVER = "handover", _("From the actual handover of the land")

    class Technology(models.TextChoices):
        NONE = "none", _("Neither restricted nor banned")
        RESTRICTED = "restricted", _("On the list of technologies restricted for transfer")
        BANNED = "banned", _("On the list of banned technologies")

    class SpecialIncentive(models.TextChoices):
        STRATEGIC = "strategic", _("Strategic technology, research and development centre or large data centre")
        DIGITAL = "digital", _("Key digital products, semiconductors or artificial-intelligence data centre")
        SECTOR = "sector", _("Sector with special incentives")

    # --- the company that carries out the project, and who files ----------------------------------------------------
    applicant = models.CharField(
        _("who asks for the certificate"), max_length=14, choices=Applicant.choices, blank=True
    )
    investment_form = models.CharField(_("form of investment"), max_length=18, choices=Form.choices, blank=True)
    company_name = words(_("company name in Vietnamese"), 255)
    company_name_en = words(_("company name in a foreign language"), 255)
    company_short_name = words(_("short name of the company"), 80)
    company_type = models.CharField(_("type of company"), max_length=12, choices=CompanyType.choices, blank=True)
    enterprise_code = words(_("enterprise code"), 20)
    erc_first_on = day(_("enterprise certificate first issued on"))
    erc_agency = words(_("office that issued the enterprise certificate"))
    company_first_project = yes_no(_("Is this the company's first investment project?"))
    company_address = words(_("head office of the company"), 400)
    company_phone = words(_("phone of the company"), 40)
    company_email = models.EmailField(_("e-mail of the company"), blank=True)
    company_website = WebAddressField(_("website of the company"), blank=True)
    company_representative = words(_("legal representative of the company"), 150)
    company_representative_title = words(_("position of the company's representative"), 150)
    charter_capital_vnd = vnd(_("charter capital (VND)"))
    charter_capital_usd = usd(_("charter capital (USD)"))
    filed_by_agent = yes_no(_("Does an agent file for the investor, with a power of attorney?"))
    agent_name = words(_("name of the agent"), 255)
    agent_address = words(_("address of the agent"), 400)
    agent_phone = words(_("phone of the agent"), 40)
    agent_email = models.EmailField(_("e-mail of the agent"), blank=True)

    # --- the project ------------------------------------------------------------------------------------------------
    project_name = words(_("project name in Vietnamese"), 300)
    project_name_en = words(_("project name in English"), 300)
    scale = prose(_("scale of the project"))
    term_years = count(_("term of the project (years)"))
    term_from = models.CharField(_("start of the term"), max_length=14, choices=TermStart.choices, blank=True)

    # --- site and land ----------------------------------------------------------------------------------------------
    location = models.CharField(_("where the project stands"), max_length=8, choices=Location.choices, blank=True)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("zone"))
    lot = words(_("lot or plot"), 120)
    ward = words(_("ward, commune or special zone"), 120)
    address = words(_("further address"), 300)
    boundaries = prose(_("boundaries of the site"))
    several_provinces = yes_no(_("Does the project stretch over more than one province?"))
    office_in_zone = yes_no(_("Is the project's executive office inside a zone of Hai Phong?"))
    land_area_m2 = area(_("land area (m²)"))
    built_area_m2 = area(_("built-up area (m²)"))
    floor_area_m2 = area(_("floor area (m²)"))
    land_current_use = words(_("present use of the land"), 300)
    land_source = models.CharField(_("how the land is held"), max_length=10, choices=LandSource.choices, blank=True)
    land_lessor = words(_("who leases out the land or the building"), 255)
    site_lease_until = day(_("end of the land or building lease"))
    state_land = yes_no(_("Is the State asked to allocate or lease land without auction or bidding?"))
    land_conversion = yes_no(_("Is permission to convert the use of land asked for?"))
    site_cleared = yes_no(_("Has the site been cleared already?"))
    approval_features = models.JSONField(
        _("features that call for in-principle approval"), default=list, blank=True,
        help_text=_("Codes of the cases of article 24 of the Law on Investment that apply."),
    )  # fmt: skip
    no_approval_features = yes_no(_("None of the listed features applies"))
    approval_number = words(_("number of the in-principle approval"), 80)
    approval_on = day(_("date of the in-principle approval"))
    approval_authority = words(_("who gave the in-principle approval"))
    special_procedure = yes_no(_("Is the special investment procedure asked for?"))
    high_tech_criteria = yes_no(_("Does the project meet the criteria of high-technology activity?"))
    commitment_conditions = prose(_("conditions, standards and technical regulations that apply"))
    commitment_assessment = prose(_("own assessment of how the project meets them"))
    commitment_accepted = yes_no(_("Does the investor undertake to meet them and take full responsibility?"))
    impact_mitigation = prose(_("impact on the environment and how it is reduced"))

    # --- capital ----------------------------------------------------------------------------------------------------
    total_capital_vnd = vnd(_("total investment capital (VND)"))
    total_capital_usd = usd(_("total investment capital (USD)"))
    contributed_vnd = vnd(_("contributed capital (VND)"))
    contributed_usd = usd(_("contributed capital (USD)"))
    mobilised_vnd = vnd(_("mobilised capital (VND)"))
    mobilised_usd = usd(_("mobilised capital (USD)"))
    retained_vnd = vnd(_("retained profit for reinvestment (VND)"))
    retained_usd = usd(_("retained profit for reinvestment (USD)"))
    exchange_rate = models.DecimalField(
        _("exchange rate (VND for 1 USD)"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    rate_on = day(_("date of the exchange rate"))
    rate_bank = words(_("bank that quoted the rate"), 150)
    land_cost_vnd = vnd(_("land and clearance (VND)"))
    construction_cost_vnd = vnd(_("construction (VND)"))
    equipment_cost_vnd = vnd(_("machinery and equipment (VND)"))
    contingency_vnd = vnd(_("other fixed costs and contingency (VND)"))
    working_capital_vnd = vnd(_("working capital (VND)"))
    deposit_reduction = models.PositiveSmallIntegerField(
        _("deposit reduction asked for (%)"), choices=[(0, "0 %"), (25, "25 %"), (50, "50 %")], null=True, blank=True
    )

    # --- labour, technology, environment ----------------------------------------------------------------------------
    workers_vietnamese = count(_("Vietnamese workers at full operation"))
    workers_foreign = count(_("foreign workers at full operation"))
    technology_name = words(_("technology"), 300)
    technology_origin = CountryField(_("origin of the technology"), blank=True)
    technology_process = prose(_("process"))
    technology_list = models.CharField(
        _("is the technology restricted or banned?"), max_length=10, choices=Technology.choices, blank=True
    )
    technology_opinion = yes_no(_("Is the technology subject to appraisal or an opinion?"))
    socio_economic_effect = prose(_("socio-economic effect"))
    environment_needed = yes_no(_("Does environmental law call for a preliminary assessment?"))
    environment_assessment = prose(_("preliminary assessment of the impact on the environment"))

    # --- incentives -------------------------------------------------------------------------------------------------
    incentives_asked = yes_no(_("Does the investor ask for investment incentives?"))
    incentive_income_tax = prose(_("corporate income tax: what is asked for"))
    incentive_income_tax_basis = words(_("corporate income tax: legal basis and condition"), 400)
    incentive_import_duty = prose(_("import duty: what is asked for"))
    incentive_import_duty_basis = words(_("import duty: legal basis and condition"), 400)
    incentive_land_rent = prose(_("land rent: what is asked for"))
    incentive_land_rent_basis = words(_("land rent: legal basis and condition"), 400)
    special_incentive = models.CharField(
        _("special incentives"), max_length=10, choices=SpecialIncentive.choices, blank=True
    )
    disbursed_in_time_vnd = vnd(_("disbursed within the legal time (VND)"))
    special_mechanisms = prose(_("special mechanisms and policies asked for"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints: ClassVar = [not_negative("registration", *AMOUNTS)]

    def __str__(self) -> str:
        return self.project_name or str(self.pk)

    # --- what every dossier says (see cases.models.Dossier) ---------------------------------------------------------
    def title(self) -> str:
        """The project's name."""
        return self.project_name or self.project_name_en

    def amount_usd(self) -> Decimal | None:
        """The total investment capital in USD: as stated, else converted at the stated rate."""
        if self.total_capital_usd is not None or not self.exchange_rate or self.total_capital_vnd is None:
            return self.total_capital_usd
        return round(self.total_capital_vnd / self.exchange_rate, 2)

    def search_words(self) -> Sequence[str]:
        """Names by which an official may look for the case."""
        zone = [self.zone.code, self.zone.name_vi, self.zone.name_en] if self.zone else []
        investors = [investor.name for investor in shape.rows(self, "investors")]
        return [self.project_name_en, self.company_name, self.company_name_en, self.enterprise_code, *zone, *investors]

    def procedure_code(self) -> str:
        """irc, irc-after-ipa or irc-special, as the answers lead."""
        return routing.procedure_code(self)

    def authority_code(self) -> str:
        """HEZA inside the zones, the Department of Finance outside."""
        return routing.authority_code(self)

    def required_papers(self) -> frozenset[str]:
        """Codes of the conditional papers that the answers call for."""
        return routing.required_papers(self)

    def effects(self) -> Sequence[str]:
        """The chain that begins."""
        amount = self.amount_usd()
        if amount is None:
            return ()
        return (
            _now("The register gets a project with a total capital of %(total)s.") % {"total": money(amount, "USD")},
        )

    def findings(self, on: date) -> list[Finding]:
        """Every check of the pre-check under the rules of that day."""
        return precheck.findings(self, on)

    def sheet(self) -> list[Part]:
        """The dossier as people read it."""
        return sheet.parts(self)

    def as_data(self) -> dict[str, Any]:
        """The dossier as JSON, in the very shape the API takes."""
        return shape.as_data(self)

    def grant(self, *, by: User, at: datetime) -> None:
        """Open the project in the register; it becomes active when its certificate is issued."""
        del by, at
        granting.open_project(self)

    def certificate_title(self) -> str:
        """What the paper is called."""
        return certificate.TITLE_VI

    def certificate_content(self) -> dict[str, Any]:
        """What the certificate states (Decree 96/2026, article 37)."""
        return dict(certificate.content(self))

    def take_effect(self, *, certificate_number: str, project_code: str, on: date, by: User | None) -> None:
        """Write the first entry of the capital chain and make the project active."""
        granting.take_effect(self, certificate_number=certificate_number, project_code=project_code, on=on, by=by)
