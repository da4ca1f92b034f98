"""A case is the procedure (who, state, officer, clock, history); a dossier is what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.folding import fold
from accounts.models import Organisation, User
from cases.calendar import CalendarDay, CalendarYear
from cases.chaser_models import Chaser
from cases.findings import Finding
from cases.library_models import LibraryPaper
from cases.procedures import Authority, PaperRule, ProcedureVersion
from cases.querysets import CaseQuerySet
from cases.references import DossierCounter, new_reference
from cases.sheet import Part
from cases.states import EDITABLE, ENDED, PublicStatus, Status, public_status

__all__ = [
    "Attachment",
    "Authority",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "Chaser",
    "Dossier",
    "DossierCounter",
    "Event",
    "LibraryPaper",
    "Note",
    "Notice",
    "Opinion",
    "PaperRule",
    "ProcedureVersion",
]


class Case(models.Model):
    """One application on its way. Fields change only in `cases.transitions` and `cases.drafting`."""

    kind = models.CharField(_("kind"), max_length=40)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    dossier_code = models.CharField(_("dossier code"), max_length=80, unique=True, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases", verbose_name=_("organisation")
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("created by"))
    create_key = models.CharField(max_length=64, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    officer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="handled_cases", verbose_name=_("officer")
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("authority")
    )
    procedure = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("procedure")
    )
    title = models.CharField(_("project"), max_length=300, blank=True)
    amount_usd = models.DecimalField(_("amount (USD)"), max_digits=20, decimal_places=2, null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)
    open_opinions = models.PositiveSmallIntegerField(_("opinions asked"), default=0)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-id",)
        permissions: ClassVar = [
            ("accept_case", _("Can check completeness and accept or return")),
            ("appraise_case", _("Can appraise, ask for supplements and propose")),
            ("decide_case", _("Can decide: approve, refuse, send back")),
            ("issue_case", _("Can issue the certificate")),
            ("assign_case", _("Can assign cases to officials")),
            ("give_opinion", _("Can answer for another department")),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="known_status"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="submitted_has_moment",
            ),
            models.UniqueConstraint(
                fields=("created_by", "create_key"), condition=~Q(create_key=""), name="one_draft_per_key"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=("status", "due_on")),
            models.Index(fields=("organisation", "status")),
            models.Index(fields=("officer", "status")),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new case gets its reference."""
        if not self.reference:
            self.reference = new_reference(timezone.localdate())
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The case's own page for the investor."""
        return reverse("case", args=[self.reference])

    @property
    def dossier(self) -> Dossier:
        """What was asked: the one-to-one of this case's kind."""
        dossier: Dossier = getattr(self, self.kind)
        return dossier

    @property
    def public_status(self) -> PublicStatus:
        """The investor's name for where the case stands."""
        return public_status(self)

    @property
    def has_ended(self) -> bool:
        """Whether the procedure is over, however it ended."""
        return self.status in ENDED

    @property
    def is_being_written(self) -> bool:
        """Whether the whole dossier is with the investor, to be written or completed."""
        return self.status in EDITABLE

    def index(self) -> None:
        """Take over from the dossier what lists show and search finds."""
        dossier = self.dossier
        self.title = dossier.title()[:300]
        self.amount_usd = dossier.amount_usd()
        organisation = self.organisation
        words = [
            self.reference,
            self.dossier_code or "",
            self.title,
            organisation.name,
            organisation.short_name,
            organisation.tax_code or "",
            *dossier.search_words(),
        ]
        self.search_text = fold(" ".join(words))


class Dossier(models.Model):
    """What every kind of dossier must be able to say of itself (see docs/lifecycle.md: adding a kind)."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="%(class)s", primary_key=True)

    class Meta:
        abstract = True

    def title(self) -> str:
        """The project's name, for lists and letters."""
        raise NotImplementedError

    def amount_usd(self) -> Decimal | None:
        """The capital asked for or changed, in USD; None where unknown."""
        raise NotImplementedError

    def search_words(self) -> Sequence[str]:
        """Further words by which an official may look for the case."""
        return ()

    def procedure_code(self) -> str:
        """Which procedure the answers lead to."""
        raise NotImplementedError

    def authority_code(self) -> str:
        """Which authority decides it (the code of a `cases.Authority`)."""
        raise NotImplementedError

    def required_papers(self) -> frozenset[str]:
        """Codes of conditional papers that the answers call for."""
        return frozenset()

    def known_project_code(self) -> str:
        """The project code the national system gave before; empty for a project that is new to it."""
        return ""

    def effects(self) -> Sequence[str]:
        """What the certificate will do to the register, in sentences for whoever decides."""
        return ()

    def findings(self, on: date) -> list[Finding]:
        """Every check of this kind under the rules of that day."""
        raise NotImplementedError

    def sheet(self) -> list[Part]:
        """The dossier as people read it, in the active language."""
        raise NotImplementedError

    def as_data(self) -> dict[str, Any]:
        """The dossier as JSON: the API's shape, frozen with each submission."""
        raise NotImplementedError

    def grant(self, *, by: User, at: datetime) -> None:
        """What an approval does, in the deciding transaction."""
        raise NotImplementedError

    def certificate_content(self) -> dict[str, Any]:
        """What the certificate states (shape: `certificates.content`)."""
        raise NotImplementedError

    def take_effect(self, *, certificate_number: str, project_code: str, on: date, by: User | None) -> None:
        """What issuing the certificate does, in the issuing transaction."""
        raise NotImplementedError


class Event(models.Model):
    """One move of a case: never changed, never deleted (the database refuses it)."""

    class Side(models.TextChoices):
        INVESTOR = "investor", _("Investor")
        OFFICIAL = "official", _("Office")
        SYSTEM = "system", _("System")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=30)
    from_status = models.CharField(max_length=20, choices=Status.choices)
    to_status = models.CharField(max_length=20, choices=Status.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(help_text="The version of the case after this move.")
    key = models.CharField(max_length=64, blank=True, help_text="Idempotency key of the request.")
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("case", "version"), name="one_event_per_version"),
            models.UniqueConstraint(fields=("case", "key"), condition=~Q(key=""), name="one_event_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb} {self.at:%Y-%m-%d %H:%M}"


class Notice(models.Model):
    """A formal paper that went with an event: receipt, appointment, supplement request, refusal, ...

    `content` is frozen; the PDF slip is rendered from it whenever somebody asks.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Dossier receipt")
        APPOINTMENT = "appointment", _("Receipt and appointment")
        RETURN = "return", _("Request to complete the dossier")
        SUPPLEMENT = "supplement", _("Supplement request")
        EXPLANATION = "explanation", _("Request for explanation")
        REFUSAL = "refusal", _("Refusal notice")
        STOP = "stop", _("Notice that processing stops")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="notice")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    deadline_at = models.DateTimeField(_("answer by"), null=True, blank=True)
    answered_by = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="answers")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("id",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(kind="supplement"),
                name="one_supplement_per_dossier",
                violation_error_message=_("A supplement may be asked for once per dossier."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.case_id}"

    @property
    def pins(self) -> list[dict[str, str]]:
        """The fields and papers asked about: [{"path", "text"}]."""
        pins: list[dict[str, str]] = self.content.get("pins", [])
        return pins


class Attachment(models.Model):
    """A paper of the dossier. A newer file supersedes an older one; none is overwritten."""

    class Review(models.TextChoices):
        PENDING = "pending", _("Not looked at")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    paper = models.CharField(_("paper"), max_length=12)
    file = models.FileField(upload_to="papers/%Y/%m/", max_length=255)
    name = models.CharField(_("file name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content_type = models.CharField(_("type"), max_length=100)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    review = models.CharField(_("review"), max_length=10, choices=Review.choices, default=Review.PENDING)
    review_reason = models.CharField(_("why"), max_length=500, blank=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("paper", "id")

    def __str__(self) -> str:
        return self.name


class Opinion(models.Model):
    """What another department was asked; silence at its deadline counts as agreement (Decree 96/2026, article 6(6))."""

    class Stance(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        AGREED_WITH_CONDITIONS = "conditions", _("Agreed with conditions")
        OBJECTED = "objected", _("Objected")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="opinions")
    office = models.CharField(_("office"), max_length=200)
    question = models.TextField(_("question"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("due on"))
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.office}: {self.stance or '…'}"

    def silent(self, on: date) -> bool:
        """Whether the deadline has passed without an answer, which counts as agreement."""
        return not self.stance and self.due_on < on


class Note(models.Model):
    """An internal note of an official; investors never see one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("note"))

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text[:60]
