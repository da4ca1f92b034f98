"""The registration dossier for programs: the shape of `Registration.as_data`, read and written.

Everything may be left out or null in a draft; a list that is given replaces the one before it as a whole.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _
from django_countries.serializer_fields import CountryField as CountryCode
from rest_framework import serializers

from projects.answers import clear_inapplicable
from projects.columns import LEAST_RATE, MOST_ROWS
from projects.models import (
    Equipment,
    LabourPhase,
    MobilisedSource,
    Objective,
    Phase,
    Product,
    Registration,
    RegistrationInvestor,
    Sector,
    Zone,
)
from projects.outline import FIELDS, LISTS
from projects.routing import features
from projects.shape import as_data


def country_code() -> serializers.Field[Any, Any, Any, Any]:
    """A country by its ISO code, empty while unknown."""
    field: serializers.Field[Any, Any, Any, Any] = CountryCode(  # type: ignore[no-untyped-call]
        required=False, allow_blank=True
    )
    return field


def list_of(row: serializers.BaseSerializer[Any]) -> serializers.ListSerializer[Any]:
    """A list that may be left out, with as many rows at most as its page takes."""
    return serializers.ListSerializer(child=row, required=False, max_length=MOST_ROWS)


class OnlyKnownNames(serializers.BaseSerializer[Any]):
    """Refuses a name the dossier does not have rather than drop it in silence."""

    def to_internal_value(self, data: Any) -> Any:
        """The answers, if every name is known."""
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]  # type: ignore[attr-defined]
            if unknown:
                raise serializers.ValidationError({name: [_("The dossier has no such field.")] for name in unknown})
        return super().to_internal_value(data)


class CodeField(serializers.SlugRelatedField[Any]):
    """Something of the city by its code; whatever is no text is no code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="code", **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """What has this code."""
        if not isinstance(data, str) or not data.isprintable():
            self.fail("invalid")
        return super().to_internal_value(data)


class InvestorSerializer(OnlyKnownNames, serializers.ModelSerializer[RegistrationInvestor]):
    """An investor with its particulars and its contribution."""

    country = country_code()
    representative_country = country_code()

    class Meta:
        model = RegistrationInvestor
        fields = LISTS["investors"]


class ObjectiveSerializer(OnlyKnownNames, serializers.ModelSerializer[Objective]):
    """A line of business; `vsic_code` is checked against its edition."""

    class Meta:
        model = Objective
        fields = LISTS["objectives"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The code must exist in the edition it is taken from."""
        edition, code = attrs.get("vsic_edition") or Sector.Edition.VSIC_2025, attrs.get("vsic_code")
        if code and not Sector.objects.filter(edition=edition, code=code).exists():
            sentence = _("VSIC %(edition)s has no code %(code)s.") % {"edition": edition, "code": code}
            raise serializers.ValidationError({"vsic_code": [sentence]})
        return attrs


class ProductSerializer(OnlyKnownNames, serializers.ModelSerializer[Product]):
    """A product or service with its capacity."""

    class Meta:
        model = Product
        fields = LISTS["products"]


class SourceSerializer(OnlyKnownNames, serializers.ModelSerializer[MobilisedSource]):
    """A source of mobilised capital."""

    class Meta:
        model = MobilisedSource
        fields = LISTS["sources"]


class PhaseSerializer(OnlyKnownNames, serializers.ModelSerializer[Phase]):
    """A phase with its capital and schedule."""

    class Meta:
        model = Phase
        fields = LISTS["phases"]


class EquipmentSerializer(OnlyKnownNames, serializers.ModelSerializer[Equipment]):
    """A main machine or line of equipment."""

    origin = country_code()

    class Meta:
        model = Equipment
        fields = LISTS["equipment"]


class LabourSerializer(OnlyKnownNames, serializers.ModelSerializer[LabourPhase]):
    """Workers needed in a phase."""

    class Meta:
        model = LabourPhase
        fields = LISTS["labour"]


class RegistrationSerializer(OnlyKnownNames, serializers.ModelSerializer[Registration]):
    """The whole dossier, as its investor and its officials read it."""

    zone = CodeField(queryset=Zone.objects.all(), required=False, allow_null=True)
    technology_origin = country_code()
    approval_features = serializers.ListField(child=serializers.CharField(), required=False)
    investors = list_of(InvestorSerializer())
    objectives = list_of(ObjectiveSerializer())
    products = list_of(ProductSerializer())
    sources = list_of(SourceSerializer())
    phases = list_of(PhaseSerializer())
    equipment = list_of(EquipmentSerializer())
    labour = list_of(LabourSerializer())

    class Meta:
        model = Registration
        fields: ClassVar = [*FIELDS, *LISTS]
        extra_kwargs: ClassVar = {"exchange_rate": {"min_value": LEAST_RATE}}

    def validate_approval_features(self, value: list[str]) -> list[str]:
        """Only the cases of article 24 that the table knows."""
        unknown = [code for code in value if code not in features()]
        if unknown:
            raise serializers.ValidationError(_("There is no such feature: %(codes)s.") % {"codes": ", ".join(unknown)})
        return value

    def to_representation(self, instance: Registration) -> dict[str, Any]:
        """The shape of `as_data`, with all lists fetched at once."""
        return as_data(instance)

    def create(self, validated_data: dict[str, Any]) -> Registration:
        """Dossiers are opened with their case (`cases.drafting.create`), never here."""
        del validated_data
        raise TypeError("A dossier is opened with its case.")

    def update(self, instance: Registration, validated_data: dict[str, Any]) -> Registration:
        """Write what was given; lists that were given are replaced; answers that no longer apply are emptied."""
        lists = {name: validated_data.pop(name) for name in LISTS if name in validated_data}
        with transaction.atomic():
            instance = super().update(instance, validated_data)
            for name, lines in lists.items():
                manager = getattr(instance, name)
                manager.all().delete()
                model = manager.model
                model.objects.bulk_create(
                    model(registration=instance, position=number, **line) for number, line in enumerate(lines)
                )
            instance.__dict__.pop("_prefetched_objects_cache", None)
            clear_inapplicable(instance)
        return instance
