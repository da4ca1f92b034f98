"""Revisions of the catalogue, the drafts they hold, and their replays over past cases.

Nothing here is deleted. The database itself keeps three promises (migration 0005): who drafted a revision does not
publish it; a revision that ended, and its drafts, do not change any more; lines of a replay are only ever added.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.states import UNFINISHED, ReplayState, RevisionState


class RuleRevision(models.Model):
    """Changes of the catalogue that become law here together, on one day, for one reason."""

    State = RevisionState

    title = models.CharField(_("title"), max_length=200)
    why = models.TextField(_("why"), help_text=_("What changed in the law, or what was found. Officials read it."))
    source = models.CharField(_("source"), max_length=400, help_text=_("The decree or circular, with its clause."))
    effective_on = models.DateField(_("takes effect on"))
    state = models.CharField(_("state"), max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True, help_text=_("Why it was sent back or discarded."))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
        null=True,
        blank=True,
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("revision of the rules")
        verbose_name_plural = _("revisions of the rules")
        ordering = ("-id",)
        permissions: ClassVar = [("publish_rulerevision", "Can publish what somebody else has drafted")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("drafted_by")),
                name="published_by_a_second_person",
                violation_error_message=_("Whoever drafted a revision does not publish it."),
            ),
            models.CheckConstraint(
                condition=Q(state=RevisionState.PUBLISHED, published_by__isnull=False, published_at__isnull=False)
                | (~Q(state=RevisionState.PUBLISHED) & Q(published_by__isnull=True, published_at__isnull=True)),
                name="published_means_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the officials' desk."""
        return reverse("admin:incentives_rulerevision_change", args=[self.pk])

    @property
    def reason(self) -> str:
        """What the history of a rule says of a change by this revision (at most 100 characters)."""
        return f"#{self.pk} {self.title}"[:100]


class RuleDraft(models.Model):
    """One line of a revision: it ends, replaces, adds or confirms one row of the catalogue."""

    class Act(models.TextChoices):
        REPLACE = "replace", _("New version")
        ADD = "add", _("New row")
        END = "end", _("End")
        CONFIRM = "confirm", _("Confirmation")

    class Target(models.TextChoices):
        RULE = "rule", _("Policy rule")
        PRODUCT = "product", _("Line of the list of products")

    revision = models.ForeignKey(RuleRevision, models.PROTECT, related_name="drafts", verbose_name=_("revision"))
    act = models.CharField(_("what happens"), max_length=8, choices=Act.choices)
    target = models.CharField(_("to what"), max_length=8, choices=Target.choices)
    rule = models.ForeignKey(
        PolicyRule, models.PROTECT, related_name="drafts", verbose_name=_("policy rule"), null=True, blank=True
    )
    product = models.ForeignKey(
        SupportedProduct, models.PROTECT, related_name="drafts", verbose_name=_("supported product"), null=True,
        blank=True,
    )  # fmt: skip
    row = models.JSONField(_("proposed row"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    dropped = models.BooleanField(_("taken out"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("draft of a rule")
        verbose_name_plural = _("drafts of rules")
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(act="add", rule__isnull=True, product__isnull=True)
                | (~Q(act="add") & Q(target="rule", rule__isnull=False, product__isnull=True))
                | (~Q(act="add") & Q(target="product", rule__isnull=True, product__isnull=False)),
                name="rule_draft_names_its_row",
            ),
            models.UniqueConstraint(
                fields=("revision", "rule"), condition=Q(dropped=False), name="one_draft_per_rule_and_revision",
                violation_error_message=_("This revision already has a draft for this row."),
            ),
            models.UniqueConstraint(
                fields=("revision", "product"), condition=Q(dropped=False), name="one_draft_per_product_and_revision",
                violation_error_message=_("This revision already has a draft for this row."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.code}"

    @property
    def base(self) -> PolicyRule | SupportedProduct | None:
        """The row of the catalogue that it is about; None where a row is added."""
        return self.rule if self.target == self.Target.RULE else self.product

    @property
    def code(self) -> str:
        """The code of the row, there already or to come."""
        return self.base.code if self.base else str(self.row.get("code", ""))


class RuleReplay(models.Model):
    """Past cases judged twice as if asked on the effective day: by the catalogue as it stands, and as drafted.

    `digest` says for which state of drafts and catalogue the result holds. `cursor`, `done` and `differing` move on
    chunk by chunk, each in the transaction that writes the chunk's lines: a killed worker loses and doubles nothing.
    """

    State = ReplayState

    revision = models.ForeignKey(RuleRevision, models.PROTECT, related_name="replays", verbose_name=_("revision"))
    cases = models.CharField(_("cases"), max_length=20)
    digest = models.CharField(_("state of the draft"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ReplayState.choices, default=ReplayState.QUEUED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    moved_at = models.DateTimeField(_("last progress"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    total = models.PositiveIntegerField(_("cases in all"))
    done = models.PositiveIntegerField(_("cases judged"), default=0)
    differing = models.PositiveIntegerField(_("cases that differ"), default=0)
    cursor = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("replay")
        verbose_name_plural = _("replays")
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("revision",), condition=Q(state__in=sorted(UNFINISHED)), name="one_running_replay_per_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} · {self.done}/{self.total}"

    @property
    def unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        """How much is done; a hundred only when all is."""
        return min(100 * self.done // self.total, 100) if self.total else 100


class RuleReplayLine(models.Model):
    """A case that would be answered differently: how, by which conditions, and why, in both languages."""

    class Weight(models.TextChoices):
        DECISION = "decision", _("Decided differently")
        CONDITION = "condition", _("Same decision, another condition")
        BENEFIT = "benefit", _("Same conditions, other incentives")

    replay = models.ForeignKey(RuleReplay, models.PROTECT, related_name="lines")
    case_key = models.PositiveBigIntegerField()
    reference = models.CharField(_("case"), max_length=40)
    label = models.CharField(_("name"), max_length=400, blank=True)
    product_text = models.CharField(_("product"), max_length=400, blank=True)
    asked_on = models.DateField(_("asked on"))
    outcome = models.CharField(_("decided then"), max_length=40, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    weight = models.CharField(_("how it differs"), max_length=10, choices=Weight.choices)
    before = models.CharField(_("certificate before"), max_length=20, blank=True)
    after = models.CharField(_("certificate after"), max_length=20, blank=True)
    tax_before = models.CharField(_("income tax before"), max_length=20, blank=True)
    tax_after = models.CharField(_("income tax after"), max_length=20, blank=True)
    codes = models.CharField(_("rules that made the difference"), max_length=1000)
    changes = models.JSONField(_("what changed"), default=list)

    class Meta:
        verbose_name = _("line of a replay")
        verbose_name_plural = _("lines of a replay")
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("replay", "case_key"), name="one_replay_line_per_case"),
        ]
        indexes: ClassVar = [models.Index(fields=("replay", "before", "after", "id"), name="replay_lines_by_outcome")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.before} → {self.after}"

    @property
    def changes_here(self) -> list[dict[str, Any]]:
        """What changed, in the reader's language."""
        language = "vi" if get_language() == "vi" else "en"
        return [change | {key: change[key][language] for key in ("name", "was", "now")} for change in self.changes]
