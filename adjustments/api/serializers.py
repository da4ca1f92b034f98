"""The adjustment for programs: its own answers, and of the certificate's content only what is to change.

A content answer that is given replaces the certificate's; a list is given whole. `items` (old, new, reason, rule) is
reckoned and only read; `reasons` gives a changed item its own reason by its path.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from adjustments import items
from adjustments.models import Adjustment
from adjustments.outline import CONTENT_NAMES, OWN
from projects.api.serializers import CodeField, RegistrationSerializer
from projects.models import Project
from projects.shape import applied, as_data


class AdjustmentSerializer(serializers.ModelSerializer[Adjustment]):
    """What is asked to change, in the shape of `Adjustment.as_data`."""

    project = CodeField(queryset=Project.objects.all(), required=False, allow_null=True)
    reasons = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False, write_only=True)

    class Meta:
        model = Adjustment
        fields: ClassVar = ["project", *OWN, "reasons"]

    def to_internal_value(self, data: Any) -> Any:
        """Own answers, and the content read by the registration's own serializer; unknown names are refused."""
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        content = {name: value for name, value in data.items() if name in CONTENT_NAMES}
        own = {name: value for name, value in data.items() if name in self.fields}
        unknown = [name for name in data if name not in {*content, *own, "items", "base_version"}]
        if unknown:
            raise serializers.ValidationError({name: [_("The dossier has no such field.")] for name in unknown})
        found = super().to_internal_value(own)
        if content:
            answers = RegistrationSerializer(data=content, partial=True)
            answers.is_valid(raise_exception=True)
            found["content"] = answers.validated_data
        return found

    def validate_project(self, project: Project | None) -> Project | None:
        """Only a licensed project of the same company."""
        if project is not None and project not in items.adjustable(self._dossier()):
            raise serializers.ValidationError(
                _("The company has no licensed project %(code)s.") % {"code": project.code}
            )
        return project

    def _dossier(self) -> Adjustment:
        if self.instance is None:
            raise TypeError("A dossier is opened with its case.")
        return self.instance

    def to_representation(self, instance: Adjustment) -> dict[str, Any]:
        """The shape of `as_data`."""
        return instance.as_data()

    def create(self, validated_data: dict[str, Any]) -> Adjustment:
        """Dossiers are opened with their case (`cases.drafting.create`), never here."""
        del validated_data
        raise TypeError("A dossier is opened with its case.")

    def update(self, instance: Adjustment, validated_data: dict[str, Any]) -> Adjustment:
        """Write what was given."""
        project, content = validated_data.pop("project", None), validated_data.pop("content", None)
        reasons = validated_data.pop("reasons", None)
        if project is not None:
            items.start_from(instance, project)
        if content and instance.project_id is None:
            raise serializers.ValidationError(
                {"project": [_("Please choose the project whose certificate is to change.")]}
            )
        for name, value in validated_data.items():
            setattr(instance, name, value)
        proposed = instance.proposed
        if content:
            proposed = proposed | as_data(applied(instance.wanted, content))
        items.write(instance, proposed, reasons)
        return instance
