"""How a case reads to a program; investors and officials have a shape each."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.clock import Clock
from cases.explaining import Reason
from cases.findings import Finding, Level, Outcome
from cases.models import Attachment, Case
from cases.states import PublicStatus, Status
from cases.timekeeping import clock_of
from cases.timeline import timeline
from cases.transitions import actions_for


class ClockSerializer(serializers.Serializer[Clock]):
    """The clock in working days; `due_on` is null while it stands still."""

    phase = serializers.ChoiceField(choices=["not_started", "running", "stopped", "ended"])
    running = serializers.BooleanField()
    total = serializers.IntegerField()
    used = serializers.IntegerField()
    stopped = serializers.IntegerField()
    left = serializers.IntegerField()
    started_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)


class ReasonSerializer(serializers.Serializer[Reason]):
    """A rule a decision or request rested on: what it found under which clause, and the answer it read."""

    rule = serializers.CharField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    clause = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    fact = serializers.CharField(allow_blank=True)


class TimelineRowSerializer(serializers.Serializer[Any]):
    """One line of the history, in the reader's words."""

    at = serializers.DateTimeField()
    verb = serializers.CharField()
    who = serializers.CharField()
    what = serializers.CharField()
    effect = serializers.CharField(allow_blank=True)
    rules = ReasonSerializer(many=True)


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A paper with its fingerprint. `scan` tells whether an antivirus has seen it."""

    scan = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "id",
            "paper",
            "name",
            "size",
            "sha256",
            "content_type",
            "uploaded_at",
            "review",
            "review_reason",
            "scan",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=["not_configured"]))
    def get_scan(self, _attachment: Attachment) -> str:
        """The state of the antivirus scan; none is configured in this version."""
        return "not_configured"


class FindingSerializer(serializers.Serializer[Finding]):
    """One line of the pre-check."""

    code = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    section = serializers.CharField()
    path = serializers.CharField(allow_blank=True)
    message = serializers.CharField()
    clause = serializers.CharField(allow_blank=True)


class PrecheckSerializer(serializers.Serializer[Any]):
    """The list the officer will tick."""

    can_submit = serializers.BooleanField()
    findings = FindingSerializer(many=True)


class CaseRowSerializer(serializers.ModelSerializer[Case]):
    """A case in a list."""

    public_status = serializers.ChoiceField(choices=PublicStatus.choices, source="public_status.value")
    organisation = serializers.CharField(source="organisation.name")

    class Meta:
        model = Case
        fields = [
            "reference", "dossier_code", "kind", "title", "organisation", "amount_usd", "status", "public_status",
            "version", "submitted_at", "due_on",
        ]  # fmt: skip
        read_only_fields = fields


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case whole, as its investor reads it."""

    status = serializers.ChoiceField(choices=Status.choices)
    public_status = serializers.ChoiceField(choices=PublicStatus.choices, source="public_status.value")
    organisation = serializers.CharField(source="organisation.name")
    clock = serializers.SerializerMethodField()
    actions = serializers.SerializerMethodField()
    timeline = serializers.SerializerMethodField()
    dossier = serializers.SerializerMethodField()
    attachments = serializers.SerializerMethodField()
    certificate = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "reference", "dossier_code", "kind", "title", "organisation", "status", "public_status", "version",
            "submitted_at", "accepted_at", "due_on", "clock", "actions", "timeline", "dossier", "attachments",
            "certificate",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ClockSerializer)
    def get_clock(self, case: Case) -> Any:
        """The clock as of now."""
        return ClockSerializer(clock_of(case)).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actions(self, case: Case) -> list[str]:
        """The verbs the reader may use now."""
        return [verb.name for verb in actions_for(self.context["request"].user, case)]

    @extend_schema_field(TimelineRowSerializer(many=True))
    def get_timeline(self, case: Case) -> Any:
        """The history, oldest first."""
        return TimelineRowSerializer(timeline(case, self.context["request"].user), many=True).data

    @extend_schema_field(serializers.DictField())
    def get_dossier(self, case: Case) -> dict[str, Any]:
        """What is asked, in the shape that a PATCH accepts."""
        return case.dossier.as_data()

    @extend_schema_field(AttachmentSerializer(many=True))
    def get_attachments(self, case: Case) -> Any:
        """The papers that count now."""
        live = case.attachments.filter(removed_at__isnull=True, superseded_by__isnull=True)
        return AttachmentSerializer(live, many=True).data

    @extend_schema_field(serializers.DictField(allow_null=True))
    def get_certificate(self, case: Case) -> dict[str, Any] | None:
        """The certificate's number and state once there is one (filled in by the app above)."""
        certificate = getattr(case, "certificate", None)
        data: dict[str, Any] | None = certificate.as_data() if certificate else None
        return data


class OfficialCaseSerializer(CaseSerializer):
    """A case whole, as an official reads it: with who handles it and the opinions asked."""

    officer = serializers.CharField(source="officer.email", default=None, allow_null=True)
    opinions = serializers.SerializerMethodField()

    class Meta(CaseSerializer.Meta):
        fields = [*CaseSerializer.Meta.fields, "officer", "opinions"]
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_opinions(self, case: Case) -> list[dict[str, Any]]:
        """What other offices were asked and said."""
        wanted = ("id", "office", "question", "due_on", "stance", "answer", "given_at")
        return [dict(row) for row in case.opinions.values(*wanted)]


class CreateSerializer(serializers.Serializer[Any]):
    """A new draft."""

    kind = serializers.CharField()
    organisation = serializers.CharField(help_text="Tax code or id of the organisation.")
    dossier = serializers.DictField(required=False, default=dict)


class ChangeSerializer(serializers.Serializer[Any]):
    """A change of a draft: only what is given is changed; lists are replaced as a whole."""

    version = serializers.IntegerField(min_value=1)
    dossier = serializers.DictField()


class UploadSerializer(serializers.Serializer[Any]):
    """A paper to attach."""

    paper = serializers.CharField(max_length=12)
    file = serializers.FileField()
