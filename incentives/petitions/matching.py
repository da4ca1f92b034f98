"""Which petitions of the city a product in words is about: what people ask for may have been asked for already."""

from __future__ import annotations

from typing import Final

from incentives.eligibility.finding import words
from incentives.petitions.models import Petition
from incentives.petitions.proposals import named

MOST: Final = 3
SHORTEST: Final = 3
"""Letters of a word that says something."""


def petitions_for(text: str) -> list[Petition]:
    """The petitions that were sent and not withdrawn, and whose words stand in the text or begin as its words do.

    One query; those with a whole phrase in the text come first.
    """
    typed = words(text)
    if not any(len(word) >= SHORTEST for word in typed):
        return []
    known = Petition.objects.public().exclude(state=Petition.State.WITHDRAWN).order_by("number")
    ranked = [(rank, petition) for petition in known if (rank := _rank(petition, typed)) is not None]
    ranked.sort(key=lambda pair: (pair[0], pair[1].number))
    return [petition for _rank_of, petition in ranked[:MOST]]


def _rank(petition: Petition, typed: tuple[str, ...]) -> int | None:
    if named(petition.phrases, " ".join(typed)):
        return 0
    for spoken in (petition.name_vi, petition.name_en, *petition.phrases):
        own = words(spoken)
        if all(any(word.startswith(start) for word in own) for start in typed):
            return 1
    return None
