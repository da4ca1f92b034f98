"""Announces the petition to the procedure."""

from cases.kinds import Kind, Section, register
from tests.fourth_kind.forms import PetitionForm
from tests.fourth_kind.models import Petition
from tests.fourth_kind.serializers import PetitionSerializer

register(
    Kind(
        slug="petition",
        name="Petition",
        lead="A kind that exists only in the tests.",
        model=Petition,
        sections=(Section("subject", "Subject and amount", "What you petition for.", PetitionForm),),
        serializer=PetitionSerializer,
        procedures=("petition",),
    )
)
