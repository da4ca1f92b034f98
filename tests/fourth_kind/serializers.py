"""The petition for programs."""

from rest_framework import serializers

from tests.fourth_kind.models import Petition


class PetitionSerializer(serializers.ModelSerializer[Petition]):
    """Subject, amount and place."""

    class Meta:
        model = Petition
        fields = ["subject", "amount", "in_zone"]
