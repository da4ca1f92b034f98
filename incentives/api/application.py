"""The application for the certificate of incentives for programs: the shape of `as_data`, read and written.

Everything may be left out or null in a draft; a list that is given replaces the one before it as a whole.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from incentives.dossier import starting
from incentives.dossier.models import Buyer, Good, IncentiveApplication
from incentives.dossier.outline import BUYERS, FIELDS, GOODS, LISTS
from incentives.dossier.product_field import named
from incentives.dossier.reading import as_data
from incentives.grants.models import IncentiveGrant
from incentives.products import SupportedProduct
from projects.api.serializers import CodeField, OnlyKnownNames, country_code, list_of
from projects.models import Project


@extend_schema_field(OpenApiTypes.STR)
class ProductCode(serializers.Field[Any, Any, Any, Any]):
    """A line of the list: its code, "ELEC-03", or code and version, "ELEC-03@L2015"."""

    def to_internal_value(self, data: Any) -> SupportedProduct | None:
        """The line; words are looked up as on the page."""
        if not isinstance(data, str) or not data.isprintable():
            raise serializers.ValidationError(_("Please give the code of a line of the list."))
        try:
            return named(data)
        except ValidationError as unknown:
            raise serializers.ValidationError(unknown.messages) from unknown

    def to_representation(self, value: SupportedProduct) -> str:
        """Code and version."""
        return f"{value.code}@{value.list_version}"


class GoodSerializer(OnlyKnownNames, serializers.ModelSerializer[Good]):
    """A product applied for."""

    product = ProductCode(required=False, allow_null=True)

    class Meta:
        model = Good
        fields = GOODS


class BuyerSerializer(OnlyKnownNames, serializers.ModelSerializer[Buyer]):
    """A maker of finished products that is supplied."""

    country = country_code()

    class Meta:
        model = Buyer
        fields = BUYERS


class GrantField(serializers.SlugRelatedField[Any]):
    """A certificate of incentives by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="number", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """The grant with this number."""
        if not isinstance(data, str) or not data.isprintable():
            self.fail("invalid")
        return super().to_internal_value(data)


class ApplicationSerializer(OnlyKnownNames, serializers.ModelSerializer[IncentiveApplication]):
    """The whole dossier, as its enterprise and its officials read it."""

    project = CodeField(queryset=Project.objects.all(), required=False, allow_null=True)
    amends = GrantField(queryset=IncentiveGrant.objects.all(), required=False, allow_null=True)
    goods = list_of(GoodSerializer())
    buyers = list_of(BuyerSerializer())

    class Meta:
        model = IncentiveApplication
        fields: ClassVar = [*FIELDS, *LISTS]

    def validate_project(self, project: Project | None) -> Project | None:
        """Only a licensed project of the same company."""
        if project is not None and project not in starting.projects_of(self._dossier()):
            raise serializers.ValidationError(
                _("The company has no licensed project %(code)s.") % {"code": project.code}
            )
        return project

    def validate_amends(self, grant: IncentiveGrant | None) -> IncentiveGrant | None:
        """Only a certificate of the same company."""
        if grant is not None and grant.organisation_id != self._dossier().case.organisation_id:
            raise serializers.ValidationError(
                _("The company has no certificate of incentives %(number)s.") % {"number": grant.number}
            )
        return grant

    def _dossier(self) -> IncentiveApplication:
        dossier: IncentiveApplication | None = self.instance
        if dossier is None:
            raise TypeError("A dossier is opened with its case.")
        return dossier

    def to_representation(self, instance: IncentiveApplication) -> dict[str, Any]:
        """The shape of `as_data`."""
        return as_data(instance)

    def create(self, validated_data: dict[str, Any]) -> IncentiveApplication:
        """Dossiers are opened with their case (`cases.drafting.create`), never here."""
        del validated_data
        raise TypeError("A dossier is opened with its case.")

    def update(self, instance: IncentiveApplication, validated_data: dict[str, Any]) -> IncentiveApplication:
        """Write what was given, over what a newly named project or certificate brings with it."""
        lists = {name: validated_data.pop(name) for name in LISTS if name in validated_data}
        with transaction.atomic():
            grant, project = validated_data.get("amends"), validated_data.get("project")
            brings = starting.may_bring(instance)
            if brings and grant is not None and grant != instance.amends:
                starting.start_amending(instance, grant)
            elif brings and project is not None and project != instance.project:
                starting.start_from(instance, project)
            instance = super().update(instance, validated_data)
            for name, given in lists.items():
                manager = getattr(instance, name)
                manager.all().delete()
                manager.model.objects.bulk_create(
                    manager.model(application=instance, position=number, **line) for number, line in enumerate(given)
                )
            instance.__dict__.pop("_prefetched_objects_cache", None)
        return instance
