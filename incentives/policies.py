"""The catalogue of policy: conditions and incentives as dated rows, with clause, source and how sure they are.

Conditions say what a project must meet (the certificate of incentives, the tests of income tax); incentives say what
it gets. The law moves often, so a new law is a new row. What is unsure states no figure: the database refuses one.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incentives.confidence import Confidence, Confirmable
from incentives.querysets import PolicyRuleQuerySet


class PolicyRule(Confirmable):
    """One condition or one incentive under one version of the law."""

    class Kind(models.TextChoices):
        CERTIFICATE_CONDITION = "CERTIFICATE_CONDITION", _("Condition of the certificate of incentives")
        INCOME_TAX_TEST = "INCOME_TAX_TEST", _("Test of corporate income tax")
        INCOME_TAX = "CIT", _("Corporate income tax")
        IMPORT_DUTY_ASSETS = "IMPORT_DUTY_FA", _("Import duty on fixed assets")
        IMPORT_DUTY_MATERIALS = "IMPORT_DUTY_MAT", _("Import duty on materials")
        LAND_RENT = "LAND_RENT", _("Land rent")
        VAT = "VAT", _("Value-added tax")
        CREDIT = "CREDIT", _("Credit")
        RESEARCH = "RESEARCH", _("Research and technology")
        TRAINING = "TRAINING", _("Training")
        SME_GRANT = "SME_GRANT", _("Grants for small and medium-sized enterprises")
        HR = "HR", _("People")

    class Clock(models.TextChoices):
        LICENCE = "licence_date", _("Day of the investment licence")
        CERTIFICATE = "coi_date", _("Day of the certificate of incentives")
        TAX_PERIOD = "tax_period", _("Tax period")
        IMPORT = "import_date", _("Day of import")
        FILING = "filing_date", _("Day of filing")

    class Choice(models.TextChoices):
        ANY = "ANY", _("Together with others")
        BEST = "BEST", _("The best one of its group")
        ONCE = "ONE_IRREVERSIBLE", _("One of its group, chosen once for good")

    class Decider(models.TextChoices):
        SELF = "SELF", _("The enterprise itself; the tax authority may check")
        TAX = "TAX", _("Tax authority")
        CUSTOMS = "CUSTOMS", _("Customs")
        CITY = "PPC", _("City")
        MINISTRY = "MOIT", _("Ministry of Industry and Trade, or the city's department")
        BANK = "VDB", _("Bank")
        FUND = "FUND", _("Fund or support programme")
        PRIME_MINISTER = "PM", _("Prime Minister")

    class Needs(models.TextChoices):
        NOTHING = "nothing", _("No certificate of incentives")
        CERTIFICATE = "certificate", _("The certificate of incentives")
        INCOME_TAX = "income_tax", _("The certificate of incentives and the income-tax tests")

    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    version = models.CharField(_("version of the law"), max_length=60, help_text=_("For example L2025 or 320/2025."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    clock_basis = models.CharField(_("clock begins with"), max_length=16, choices=Clock.choices)
    stack_group = models.CharField(_("stacking group"), max_length=20, blank=True)
    choose = models.CharField(_("choice"), max_length=16, choices=Choice.choices, default=Choice.ANY)
    decided_by = models.CharField(_("decided by"), max_length=8, choices=Decider.choices)
    needs = models.CharField(_("needs"), max_length=12, choices=Needs.choices, default=Needs.NOTHING)
    scope = models.JSONField(
        _("only for"), default=dict, blank=True, help_text=_("Answers that the rule is limited to, by question.")
    )
    limits = models.JSONField(_("dates and limits"), default=dict, blank=True)
    clause_vi = models.CharField(_("clause in Vietnamese"), max_length=300)
    clause_en = models.CharField(_("clause in English"), max_length=300)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    text_vi = models.TextField(_("text in Vietnamese"))
    text_en = models.TextField(_("text in English"))
    amount_vi = models.CharField(_("figures in Vietnamese"), max_length=400, blank=True)
    amount_en = models.CharField(_("figures in English"), max_length=400, blank=True)
    source = models.CharField(_("source"), max_length=400)

    history = HistoricalRecords()
    objects = PolicyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy rule")
        verbose_name_plural = _("policy rules")
        ordering = ("kind", "position", "code", "valid_from")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("code", "valid_from"), name="one_policy_rule_per_start"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="policy_rule_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(confidence=Confidence.UNSURE)
                | Q(confirmed_on__isnull=False)
                | Q(amount_vi="", amount_en=""),
                name="unsure_policy_states_no_figure",
                violation_error_message=_("What is unsure states no figure before it is confirmed."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="")),
                name="policy_rule_confirmed_by_somebody",
                violation_error_message=_("A confirmation has a name and a day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.version}"

    def said(self, field: str) -> str:
        """A bilingual field (clause, name, text, amount) in the reader's language."""
        words: Any = getattr(self, f"{field}_{'vi' if get_language() == 'vi' else 'en'}")
        return str(words)

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return self.said("name")

    @property
    def clause(self) -> str:
        """Its clause in the reader's language."""
        return self.said("clause")

    @property
    def text(self) -> str:
        """What it says, in the reader's language."""
        return self.said("text")

    @property
    def amount(self) -> str:
        """Its figures in the reader's language; empty as long as nobody is sure of them."""
        return self.said("amount") if self.sure else ""


CONDITIONS: Final = (PolicyRule.Kind.CERTIFICATE_CONDITION, PolicyRule.Kind.INCOME_TAX_TEST)
"""Kinds that a project must meet; the others are what it gets."""
