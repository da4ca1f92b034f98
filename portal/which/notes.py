"""Sentences of the result: what comes first, what is not possible, and what to bear in mind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from projects.routing import STATE_LAND, Feature

APPROVERS: Final[dict[str, str | Promise]] = {
    "na": gettext_lazy("the National Assembly"),
    "pm": gettext_lazy("the Prime Minister"),
    "board": gettext_lazy("the management board of the zone"),
    "chair": gettext_lazy("the Chairperson of the City People's Committee"),
}
"""Who gives an in-principle approval (Law on Investment 143/2025/QH15, article 25)."""


def approval_first(approver: str, cases: Iterable[Feature]) -> str:
    """The project needs its approval first."""
    words = {"who": APPROVERS[approver], "cases": _named(cases)}
    return _("First the project needs the in-principle approval of %(who)s, because of: %(cases)s. "
             "The time below is that of the procedure after it.") % words  # fmt: skip


def adjusted_first(clauses: Iterable[str]) -> str:
    """An approval that was given has to be adjusted first."""
    words = {"clauses": "; ".join(dict.fromkeys(clauses))}
    return _("First the in-principle approval has to be adjusted by the authority that gave it (%(clauses)s). "
             "The time below is that of the procedure after it.") % words  # fmt: skip


def impossible(clause: str) -> str:
    """The law does not allow the change as it stands."""
    return _("The law does not allow this change as you describe it: none of the excepted cases applies "
             "(%(clause)s).") % {"clause": clause}  # fmt: skip


def voluntary() -> str:
    """A domestic investor need not have a certificate."""
    return _("A domestic investor does not have to have this certificate; it is issued on request "
             "(Law on Investment 143/2025/QH15, article 26).")  # fmt: skip


def special_closed(refused: Iterable[Feature]) -> str:
    """Why the special procedure may not be chosen."""
    return _("The special investment procedure is not open here, because of: %(cases)s (Law on Investment "
             "143/2025/QH15, article 28).") % {"cases": _named(refused)}  # fmt: skip


def cases_of_later_law(on: date) -> str:
    """The list of article 24 is kept for the new law only."""
    if on >= date.fromisoformat(STATE_LAND.valid_from):
        return ""
    return _("The cases of in-principle approval are those of the law in force now; the portal keeps no list for the "
             "earlier law.")  # fmt: skip


def papers_of_later_law() -> str:
    """The lists of papers are kept for the law in force."""
    return _("The papers are those of the law in force now; the portal keeps no list for the earlier law.")


def decided_elsewhere() -> str:
    """Another authority decides; the portal prepares the dossier."""
    return _("This authority decides outside this portal: here you prepare and check the dossier.")


def _named(cases: Iterable[Feature]) -> str:
    language = get_language() or "vi"
    return "; ".join(f"{case.name(language)} ({case.article})" for case in cases)
