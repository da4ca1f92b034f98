"""Two people in one section: what each changed is kept, and only what both changed differently is asked.

A section page remembers what its answers were when it was loaded (`seen`: one short hash for each path). On saving,
the answers as they stand now ("theirs") and as they would be ("mine") are compared with that, answer by answer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.http import QueryDict
from django.utils import translation

from cases.drafting import may_change
from cases.kinds import Section, SectionForm
from cases.models import Case, Dossier
from cases.places import Place, places_of

Seen = dict[str, str]
Places = dict[str, Place]
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "action", "version", "seen", "from", "at", "resolve", "asked"})
"""Names in a posted section page that are not answers."""


@dataclass(frozen=True)
class Difference:
    """An answer that two people changed: what the reader typed, and what somebody else saved meanwhile."""

    path: str
    mine: Place | None
    theirs: Place | None

    @property
    def label(self) -> str:
        """What the answer is called."""
        place = self.mine or self.theirs
        return str(place.label) if place else self.path


class Unreadable(Exception):
    """Something typed cannot be read; nothing was saved. `form` holds every value and sentence."""

    def __init__(self, form: SectionForm) -> None:
        super().__init__("unreadable")
        self.form = form


class Conflict(Exception):
    """Both changed the same answer differently; nothing was saved. `seen` is what to remember for the next try."""

    def __init__(self, differences: list[Difference], seen: Seen) -> None:
        super().__init__("conflict")
        self.differences = differences
        self.seen = seen


@dataclass(frozen=True)
class Saved:
    """What a save did: the answers as the page now shows them (None: as the dossier says), whose answers were kept."""

    seen: Seen | None = None
    kept_theirs: bool = False


def look(dossier: Dossier, section: Section) -> Seen:
    """What the answers of a section are now, to be remembered by its page."""
    with translation.override("en"):  # a reader who changes the language has changed no answer
        places = _places(dossier, section)
    return {path: _hash([place.value, *(cell for row in place.rows for cell in row)]) for path, place in places.items()}


def write(
    section: Section,
    case: Case,
    data: QueryDict,
    *,
    seen: Seen | None,
    open_paths: frozenset[str] | None,
    theirs_chosen: frozenset[str] = frozenset(),
) -> Saved:
    """Save a section onto a locked case. Without `seen` nobody else can have changed it meanwhile.

    Raises Unreadable or Conflict; then nothing has changed.
    """
    if seen is None:
        _readable(section, data, case.dossier, open_paths).save()
        return Saved()
    now, theirs = _both(fresh(case), section)
    wanted, mine = _preview(section, case, data, open_paths)
    paths = [*mine, *(path for path in theirs if path not in mine)]
    by_me = {path for path in paths if wanted.get(path) != seen.get(path) and is_open(open_paths, path)} - theirs_chosen
    by_them = {path for path in paths if now.get(path) != seen.get(path)}
    both = [path for path in paths if path in by_me & by_them and wanted.get(path) != now.get(path)]
    if both:
        differences = [Difference(path, mine.get(path), theirs.get(path)) for path in both]
        raise Conflict(differences, seen | {path: now.get(path, "") for path in both})
    if by_me:
        _readable(section, data, fresh(case), _opened(open_paths, by_me)).save()
    return Saved(wanted, kept_theirs=bool((by_them - by_me) | theirs_chosen))


def readable_paths(form: SectionForm, data: QueryDict, open_paths: frozenset[str] | None) -> frozenset[str]:
    """The paths of the posted answers that can be read; a list with something unreadable is left out as a whole.

    Where the office asked about something inside a list, no more of the list than that.
    """
    bad = {_root(element.removeprefix("id_")) for element, _sentence in form.error_list}
    posted = {_root(name) for name in data if name not in OWN_FIELDS and not name.startswith("choose.")}
    readable = posted - bad
    if open_paths is None:
        return frozenset(readable)
    return frozenset(path for path in open_paths if path.partition(".")[0] in readable)


def fresh(case: Case) -> Dossier:
    """The dossier as the database has it, without what a form may have written onto the object."""
    return type(case.dossier)._default_manager.get(pk=case.pk)


def pack(seen: Seen) -> str:
    """What a page remembers, for its hidden field."""
    return json.dumps(seen, separators=(",", ":"))


def unpack(packed: str) -> Seen:
    """The reverse; anything unusable reads as "nothing seen", so that every difference is asked."""
    try:
        loaded = json.loads(packed)
    except ValueError:
        return {}
    return {str(path): str(digest) for path, digest in loaded.items()} if isinstance(loaded, dict) else {}


def is_open(open_paths: frozenset[str] | None, path: str) -> bool:
    """Whether an answer, or something inside a list, may be changed."""
    return may_change(open_paths, path) or any(pin.startswith(f"{path}.") for pin in open_paths or ())


def _opened(open_paths: frozenset[str] | None, paths: set[str]) -> frozenset[str]:
    """The paths to write: those answers, and of a list no more than what is open in it."""
    whole = {path for path in paths if may_change(open_paths, path)}
    inside = {pin for pin in open_paths or () if any(pin.startswith(f"{path}.") for path in paths)}
    return frozenset(whole | inside)


def _root(name: str) -> str:
    return name.split("-", 1)[0]


def _places(dossier: Dossier, section: Section) -> Places:
    return places_of(part for part in dossier.sheet() if part.key == section.key)


def _both(dossier: Dossier, section: Section) -> tuple[Seen, Places]:
    """The answers to compare and the answers to show."""
    return look(dossier, section), _places(dossier, section)


def _hash(values: Iterable[str]) -> str:
    return hashlib.sha256("\x1f".join(map(str, values)).encode()).hexdigest()[:12]


def _readable(section: Section, data: QueryDict, dossier: Dossier, open_paths: frozenset[str] | None) -> SectionForm:
    form = section.form(data, dossier=dossier, open_paths=open_paths)
    if not form.is_valid():
        raise Unreadable(form)
    return form


def _preview(section: Section, case: Case, data: QueryDict, open_paths: frozenset[str] | None) -> tuple[Seen, Places]:
    """How the section would read if everything typed were saved; the savepoint is rolled back."""
    with transaction.atomic():
        _readable(section, data, fresh(case), open_paths).save()
        answers = _both(fresh(case), section)
        transaction.set_rollback(True)
    return answers
