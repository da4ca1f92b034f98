"""The lists of a registration: investors, objectives, products, capital sources, phases, equipment and labour."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.models import WebAddressField
from projects.columns import NOT_NEGATIVE, count, day, not_negative, percent, prose, usd, vnd, words
from projects.registration import Registration
from projects.zones import Sector


class Line(models.Model):
    """A row of one of the dossier's lists, in the order the investor gave."""

    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.position + 1}"


class RegistrationInvestor(Line):
    """An investor of the project: who it is, who represents it, and what it contributes."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("Individual")
        ORGANISATION = "organisation", _("Organisation")

    class Gender(models.TextChoices):
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")
        OTHER = "other", _("Other")

    class Identity(models.TextChoices):
        PASSPORT = "passport", _("Passport")
        PERSONAL_ID = "personal_id", _("Vietnamese personal identification number")
        OTHER = "other", _("Other paper")

    class Method(models.TextChoices):
        CASH = "cash", _("Cash")
        MACHINERY = "machinery", _("Machinery and equipment")
        INTELLECTUAL_PROPERTY = "ip", _("Intellectual property")
        TECHNOLOGY = "technology", _("Technology")
        KNOW_HOW = "know_how", _("Know-how")
        LAND_USE_RIGHT = "land_use_right", _("Land-use right")
        OTHER = "other", _("Other assets")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="investors")
    kind = models.CharField(_("kind of investor"), max_length=12, choices=Kind.choices, blank=True)
    name = words(_("full name or name of the organisation"), 255)
    country = CountryField(_("nationality or country of establishment"), blank=True)
    address = words(_("permanent address or registered head office"), 400)
    tax_code = words(_("Vietnamese tax code or enterprise code, if any"), 20)
    phone = words(_("phone"), 40)
    fax = words(_("fax"), 40)
    email = models.EmailField(_("e-mail"), blank=True)
    website = WebAddressField(_("website"), blank=True)
    # individuals
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices, blank=True)
    birth_on = day(_("date of birth"))
    id_type = models.CharField(_("identity paper"), max_length=12, choices=Identity.choices, blank=True)
    id_number = words(_("number of the identity paper"), 40)
    id_issued_on = day(_("identity paper issued on"))
    id_issued_by = words(_("identity paper issued by"))
    id_expires_on = day(_("identity paper valid until"))
    residence = words(_("present residence"), 400)
    # organisations
    entity_type = words(_("type of organisation"), 120)
    paper_type = words(_("establishment paper"), 120)
    paper_number = words(_("number of the establishment paper"), 60)
    paper_first_on = day(_("establishment paper first issued on"))
    paper_changed_on = day(_("latest change of the establishment paper"))
    paper_issuer = words(_("who issued the establishment paper"))
    foreign_share_percent = percent(_("share of foreign capital in the organisation (%)"))
    foreign_members = prose(_("foreign members or partners of the organisation"))
    representative_name = words(_("legal representative"), 150)
    representative_gender = models.CharField(
        _("gender of the representative"), max_length=6, choices=Gender.choices, blank=True
    )
    representative_birth_on = day(_("date of birth of the representative"))
    representative_country = CountryField(_("nationality of the representative"), blank=True)
    representative_id_number = words(_("passport or identity number of the representative"), 40)
    representative_id_expires_on = day(_("identity paper of the representative valid until"))
    representative_title = words(_("position of the representative"), 150)
    representative_address = words(_("address of the representative"), 400)
    representative_phone = words(_("phone of the representative"), 40)
    representative_email = models.EmailField(_("e-mail of the representative"), blank=True)
    # what it brings
    charter_share_percent = percent(_("share in the charter capital of the company (%)"))
    contribution_vnd = vnd(_("contribution (VND)"))
    contribution_usd = usd(_("contribution (USD)"))
    share_percent = percent(_("share of the contributed capital (%)"))
    contribution_method = models.CharField(
        _("method of contribution"), max_length=14, choices=Method.choices, blank=True
    )
    contribution_note = words(_("note on the method"), 300)
    contribution_by = day(_("contributed in full by"))
    contribution_months = count(_("or within this many months from the certificate"))

    class Meta(Line.Meta):
        verbose_name = _("investor")
        verbose_name_plural = _("investors")
        constraints: ClassVar = [
            not_negative(
                "investor", "contribution_vnd", "contribution_usd", "share_percent", "charter_share_percent",
                "foreign_share_percent",
                largest={"share_percent": 100, "charter_share_percent": 100, "foreign_share_percent": 100},
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or super().__str__()


class Objective(Line):
    """A line of business of the project."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="objectives")
    description = words(_("objective in Vietnamese"), 500)
    description_en = words(_("objective in English"), 500)
    vsic_edition = models.CharField(
        _("VSIC edition"), max_length=4, choices=Sector.Edition.choices, default=Sector.Edition.VSIC_2025
    )
    vsic_code = words(_("VSIC code (4 digits)"), 6)
    cpc_code = words(_("CPC code (services under commitments)"), 10)
    main = models.BooleanField(_("main objective"), default=False)
    market_access_condition = prose(_("market-access condition or business condition and how it is met"))

    class Meta(Line.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")


class Product(Line):
    """A product or service with its designed capacity."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="products")
    name = words(_("product or service"), 300)
    quantity = models.DecimalField(
        _("designed capacity a year"), max_digits=20, decimal_places=2, null=True, blank=True, validators=[NOT_NEGATIVE]
    )
    unit = words(_("unit"), 60)
    phase = words(_("phase"), 60)

    class Meta(Line.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products and services")
        constraints: ClassVar = [not_negative("product", "quantity")]


class MobilisedSource(Line):
    """Where mobilised capital comes from."""

    class Kind(models.TextChoices):
        CREDIT = "credit", _("Credit institution")
        PARENT = "parent", _("Parent company or shareholders")
        SECURITIES = "securities", _("Issue of securities")
        OTHER = "other", _("Other source")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(_("source"), max_length=10, choices=Kind.choices, blank=True)
    name = words(_("lender or holder"), 255)
    amount_vnd = vnd(_("amount (VND)"))
    amount_usd = usd(_("amount (USD)"))
    available_by = day(_("mobilised by"))

    class Meta(Line.Meta):
        verbose_name = _("source of mobilised capital")
        verbose_name_plural = _("sources of mobilised capital")
        constraints: ClassVar = [not_negative("source", "amount_vnd", "amount_usd")]


class Phase(Line):
    """A phase of the project with its capital and its schedule."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="phases")
    name = words(_("phase"), 120)
    capital_vnd = vnd(_("capital of the phase (VND)"))
    capital_usd = usd(_("capital of the phase (USD)"))
    capital_by = day(_("capital contributed and mobilised by"))
    construction_from = day(_("construction begins on"))
    construction_to = day(_("construction completed on"))
    installation_to = day(_("machinery installed on"))
    trial_on = day(_("trial run on"))
    operation_on = day(_("operation begins on"))
    objectives_note = words(_("main objectives carried out in the phase"), 500)

    class Meta(Line.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases and schedule")
        constraints: ClassVar = [not_negative("phase", "capital_vnd", "capital_usd")]


class Equipment(Line):
    """A main machine or line of equipment."""

    class Condition(models.TextChoices):
        NEW = "new", _("New")
        USED = "used", _("Used")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="equipment")
    name = words(_("machine or equipment"), 300)
    model = words(_("model"), 120)
    origin = CountryField(_("country of origin"), blank=True)
    made_in_year = models.PositiveSmallIntegerField(_("year of manufacture"), null=True, blank=True)
    condition = models.CharField(_("condition"), max_length=4, choices=Condition.choices, blank=True)
    quantity = count(_("quantity"))
    value_usd = usd(_("value (USD)"))

    class Meta(Line.Meta):
        verbose_name = _("equipment")
        verbose_name_plural = _("main equipment")
        constraints: ClassVar = [not_negative("equipment", "value_usd")]


class LabourPhase(Line):
    """How many people the project needs in a phase."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="labour")
    phase = words(_("phase or year"), 60)
    vietnamese = count(_("Vietnamese workers"))
    foreign = count(_("foreign workers"))

    class Meta(Line.Meta):
        verbose_name = _("labour by phase")
        verbose_name_plural = _("labour by phase")
