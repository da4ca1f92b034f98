"""Petitions of the city: proposals to put a product on the list or to bring in a measure. They give no right at all."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.folding import fold
from accounts.models import User
from incentives.confidence import Confidence
from incentives.petitions.querysets import PetitionProjectQuerySet, PetitionQuerySet
from incentives.products import SupportedProduct
from projects.register import Project

RECORD: Final = "incentives.record_petition"  # to write, send and close petitions
READ: Final = "incentives.view_petition"


class Petition(models.Model):
    """What the city's department asked of whom, for what reasons, and what came of it.

    `imported` marks a petition taken over from a public source; its days are empty where the source states none. What
    was sent does not change any more; what happens to a petition is written down in `events`.
    """

    class Subject(models.TextChoices):
        PRODUCT = "product", _("Product for the list")
        MEASURE = "measure", _("Measure of support")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("Draft")
        SENT = "sent", _("Sent, no answer yet")
        ANSWERED = "answered", _("Answered")
        ADOPTED = "adopted", _("Adopted by a list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    subject = models.CharField(_("about"), max_length=8, choices=Subject.choices, default=Subject.PRODUCT)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFTED, editable=False)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)
    asked_vi = models.TextField(_("what is asked, in Vietnamese"))
    asked_en = models.TextField(_("what is asked, in English"))
    today_vi = models.TextField(_("treatment today, in Vietnamese"))
    today_en = models.TextField(_("treatment today, in English"))
    today_source = models.CharField(_("source of the treatment today"), max_length=400)
    confidence = models.CharField(
        _("how sure the treatment today is"), max_length=8, choices=Confidence.choices, default=Confidence.UNSURE
    )
    listed = models.ManyToManyField(
        SupportedProduct, blank=True, related_name="petitions_about", verbose_name=_("lines of the list today")
    )
    sectors = models.CharField(
        _("VSIC codes"), max_length=200, blank=True, help_text=_("Codes of 2 to 5 digits, separated by commas.")
    )
    words = models.TextField(
        _("words of the product"), blank=True,
        help_text=_("In Vietnamese and English, separated by commas; they find projects and questions about it."),
    )  # fmt: skip
    sent_to = models.CharField(_("sent to"), max_length=300, blank=True, editable=False)
    sent_on = models.DateField(_("sent on"), null=True, blank=True, editable=False)
    answer_vi = models.TextField(_("answer in Vietnamese"), blank=True, editable=False)
    answer_en = models.TextField(_("answer in English"), blank=True, editable=False)
    answered_by = models.CharField(_("answered by"), max_length=300, blank=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True, editable=False)
    list_version = models.CharField(_("adopted by list version"), max_length=10, blank=True, editable=False)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    adopted_by = models.ManyToManyField(
        SupportedProduct, blank=True, related_name="petitions_adopted", editable=False,
        verbose_name=_("lines that adopted it"),
    )  # fmt: skip
    imported = models.BooleanField(_("taken over from public sources"), default=False, editable=False)
    created_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    search_text = models.TextField(editable=False, blank=True)

    objects: ClassVar[PetitionQuerySet] = PetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ("-number",)
        permissions: ClassVar = [("record_petition", _("Can record, send and close petitions"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["drafted", "sent", "answered", "adopted", "declined", "withdrawn"]),
                name="known_petition_state",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn") | Q(state="drafted", sent_to="") | ~Q(state="drafted") & ~Q(sent_to=""),
                name="petition_out_of_draft_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(sent_to="") | Q(imported=True) | Q(sent_on__isnull=False), name="petition_sent_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "declined"]) | ~Q(answer_vi=""), name="answered_petition_has_answer"
            ),
            models.CheckConstraint(
                condition=Q(state="adopted", adopted_on__isnull=False) & ~Q(list_version="")
                | ~Q(state="adopted") & Q(adopted_on__isnull=True, list_version=""),
                name="adopted_petition_has_list",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.name_here}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the search text in step with the words."""
        self.search_text = self.folded()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page; a draft has none yet."""
        return reverse("petition-detail", args=[self.number])

    def folded(self) -> str:
        """What search looks through."""
        parts = (self.number, self.name_vi, self.name_en, self.asked_vi, self.asked_en, self.words)
        return fold(" ".join(parts))

    def said(self, field: str) -> str:
        """A bilingual field (name, asked, today, answer) in the reader's language."""
        words: Any = getattr(self, f"{field}_{'vi' if get_language() == 'vi' else 'en'}")
        return str(words or getattr(self, f"{field}_vi"))

    @property
    def name_here(self) -> str:
        """Its name in the reader's language."""
        return self.said("name")

    @property
    def asked(self) -> str:
        """What is asked, in the reader's language."""
        return self.said("asked")

    @property
    def today(self) -> str:
        """How the law treats its subject today, in the reader's language."""
        return self.said("today")

    @property
    def answer(self) -> str:
        """The answer, in the reader's language."""
        return self.said("answer")

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words of the product, one phrase each, without accents."""
        return tuple(phrase for part in self.words.replace("\n", ",").split(",") if (phrase := fold(part).strip()))

    @property
    def sector_codes(self) -> tuple[str, ...]:
        """The VSIC codes it is about."""
        return tuple(code for part in self.sectors.split(",") if (code := part.strip()))


class PetitionEvidence(models.Model):
    """A reason with its source, and a file where there is one. Rows are only ever added (the database holds it)."""

    petition = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("petition")
    )
    text_vi = models.TextField(_("evidence in Vietnamese"))
    text_en = models.TextField(_("evidence in English"), blank=True)
    source = models.CharField(_("source"), max_length=400)
    file = models.FileField(_("file"), upload_to="petitions/%Y/%m/", max_length=255, blank=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    content_type = models.CharField(_("type"), max_length=100, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    class Meta:
        verbose_name = _("evidence of a petition")
        verbose_name_plural = _("evidence of petitions")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def text(self) -> str:
        """The evidence in the reader's language."""
        return self.text_vi if get_language() == "vi" else self.text_en or self.text_vi


class PetitionProject(models.Model):
    """A project of the register that a petition is about: found by its sector or words, or put by hand."""

    class Why(models.TextChoices):
        SECTOR = "sector", _("Sector")
        WORDS = "words", _("Words of the product")
        HAND = "hand", _("Put by hand")

    petition = models.ForeignKey(
        Petition, on_delete=models.PROTECT, related_name="affected", verbose_name=_("petition")
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="petitions", verbose_name=_("project"))
    why = models.CharField(_("why"), max_length=8, choices=Why.choices)
    ground = models.CharField(_("what it was found by"), max_length=300, blank=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    added_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True)
    eligible_on = models.DateField(_("may apply from"), null=True, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    objects: ClassVar[PetitionProjectQuerySet] = PetitionProjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("project of a petition")
        verbose_name_plural = _("projects of petitions")
        ordering = ("petition", "project")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("petition", "project"), name="one_row_per_petition_and_project"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(eligible_on__isnull=False), name="told_project_is_eligible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} · {self.project_id}"


class PetitionEvent(models.Model):
    """One step in the life of a petition: append-only. `facts` keeps what was written or decided in it."""

    class Verb(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        EDITED = "edited", _("Draft changed")
        EVIDENCE = "evidence", _("Evidence added")
        PROJECTS = "projects", _("Affected projects confirmed")
        SENT = "sent", _("Sent")
        ANSWERED = "answered", _("Answer recorded")
        DECLINED = "declined", _("Refusal recorded")
        ADOPTED = "adopted", _("Adopted by a list")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="events", verbose_name=_("petition"))
    verb = models.CharField(_("step"), max_length=10, choices=Verb.choices)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    facts = models.JSONField(_("what it says"), default=dict, blank=True)
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("step of a petition")
        verbose_name_plural = _("steps of petitions")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("petition",), condition=Q(verb="adopted"), name="petition_is_adopted_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.petition_id} {self.verb}"
