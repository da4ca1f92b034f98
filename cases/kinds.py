"""The kinds of dossier. An app announces its kind in `<app>/kind.py`, found when the site starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.errors import Invalid

if TYPE_CHECKING:
    from cases.models import Dossier


class SectionForm(Protocol):
    """The form behind one section page: a form, or a form with lists, that saves onto the dossier.

    `open_paths` None lets everything be changed; otherwise fields outside are shown but disabled.
    """

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        dossier: Dossier,
        open_paths: frozenset[str] | None = None,
    ) -> None: ...

    def is_valid(self) -> bool:
        """Whether everything can be read (completeness is the pre-check's business)."""

    def save(self) -> None:
        """Write the answers onto the dossier and its lists."""

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """Every error as (id of the field's element, sentence), for the summary."""


@dataclass(frozen=True)
class Section:
    """One topic, one page, one line of the task list. `template` shows `form` (default: crispy)."""

    key: str
    title: str | Promise
    lead: str | Promise
    form: type[SectionForm]
    template: str = "cases/section.html"


@dataclass(frozen=True)
class Kind:
    """A kind of dossier and everything the procedure needs to know of it."""

    slug: str
    name: str | Promise
    lead: str | Promise
    model: type[Dossier]
    sections: tuple[Section, ...]
    serializer: type[Any]
    procedures: tuple[str, ...] = field(default=())
    number_series: str = "HP"

    def section(self, key: str) -> Section | None:
        """The section with this key, if there is one."""
        return next((section for section in self.sections if section.key == key), None)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Announce a kind (its slug is the name by which a case leads to its dossier)."""
    KINDS[kind.slug] = kind
    return kind


def kind_of(slug: str) -> Kind:
    """The kind with this slug. Raises Invalid for an unknown one."""
    if slug not in KINDS:
        raise Invalid({"kind": [_("There is no such kind of application: %(kind)s.") % {"kind": slug}]})
    return KINDS[slug]
