"""The answers there are to choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    FIRST = "first", _("A first certificate of incentives")
    AMEND = "amend", _("The adjustment of a certificate in force")


class Place(models.TextChoices):
    FREE_TRADE_ZONE = "ftz", _("Free-trade zone")
    ECONOMIC_ZONE = "ez", _("Economic zone")
    PARK = "park", _("Industrial park or cluster")
    OTHER = "other", _("Elsewhere in the city")


class ProjectType(models.TextChoices):
    NEW = "new", _("A new project, first or independent")
    EXPANSION = "expansion", _("An expansion or renewal of technology")
    TAKEOVER = "takeover", _("From a merger, split, conversion, or the takeover of an old business")


class EnvironmentPaper(models.TextChoices):
    ASSESSMENT = "assessment", _("Decision on the environmental impact assessment")
    LICENCE = "licence", _("Environmental licence")
    REGISTRATION = "registration", _("Environmental registration")
    EXEMPT = "exempt", _("None is needed")


class TaxLevel(models.TextChoices):
    A = "A", _("Supporting industry: 10% for 15 years, 4 years exempt, 9 at half")
    B = "B", _("Economic zone: 17% for 10 years, 2 years exempt, 4 at half")
    FTZ_PRIORITY = "FTZ_PRIORITY", _("Free-trade zone, priority field: 10% for 30 years, 4 years exempt, 9 at half")
    FTZ = "FTZ", _("Free-trade zone, other field: 10% for 15 years, 4 years exempt, 9 at half")


class Made(models.TextChoices):
    NOT_YET = "not_yet", _("Not yet made in Vietnam on the day the law names")
    CERTIFIED = "certified", _("Made in Vietnam; it has a certificate of a European or equivalent standard")
    UNCERTIFIED = "uncertified", _("Made in Vietnam; there is a standard but no certificate yet")
    BELOW = "below_standard", _("Made in Vietnam; it does not meet the standard")
    NO_STANDARD = "no_standard", _("Made in Vietnam; there is no such standard for it")


class Evidence(models.TextChoices):
    CONTRACT = "contract", _("Supply contract")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    ORDER = "order", _("Purchase order")
    APPROVAL = "approval", _("Supplier approval")
