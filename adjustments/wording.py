"""How the simulator's answer is said: the answer in one sentence, what a rule does, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from adjustments.periods import Law
from adjustments.rules.law import Fired
from adjustments.simulating import Line, Simulation

EFFECTS: Final[dict[str, tuple[str | Promise, str]]] = {
    "class": (gettext_lazy("How long it takes"), "info"),
    "approval": (gettext_lazy("Approval in principle first"), "warn"),
    "block": (gettext_lazy("Not possible like this"), "danger"),
    "warn": (gettext_lazy("Please check"), "warn"),
    "info": (gettext_lazy("Good to know"), "neutral"),
}
"""What a rule does, and the tone in which that is shown."""

MARKS: Final[dict[str, str | Promise]] = {
    "S": "",
    "S2": gettext_lazy("Seen only in a secondary text: please read the law itself before relying on it."),
    "G": gettext_lazy("General knowledge: its wording was not seen in a source. Ask the office before relying on it."),
    "U": gettext_lazy("Not certain: the texts do not settle it. Ask the office before relying on it."),
    "D": gettext_lazy("A rule of this portal, not of the law."),
}
"""How sure a rule is, said only where there is doubt."""


@dataclass(frozen=True)
class Contrast:
    """A neighbouring law version beside the one asked about: what applied only there, and what only here."""

    law: Law
    title: str
    only_there: tuple[Fired, ...]
    only_here: tuple[Fired, ...]


def headline(found: Simulation) -> str:
    """Days, authority and due day in one sentence; empty where there is no procedure."""
    days = found.law.working_days
    if days is None:
        return ""
    words = {
        "days": days, "day": date_format(found.on, "DATE_FORMAT"),
        "due": date_format(found.due_on, "DATE_FORMAT") if found.due_on else "",
        "authority": found.authority.name(get_language() or "vi") if found.authority else _("The authority"),
    }  # fmt: skip
    if found.law.approval_first:
        return ngettext(
            "The in-principle approval has to be adjusted first. After that, %(authority)s adjusts the certificate "
            "within %(days)s working day.",
            "The in-principle approval has to be adjusted first. After that, %(authority)s adjusts the certificate "
            "within %(days)s working days.",
            days,
        ) % words  # fmt: skip
    if found.due_on is None:
        return ngettext(
            "%(authority)s adjusts the certificate within %(days)s working day of the valid dossier.",
            "%(authority)s adjusts the certificate within %(days)s working days of the valid dossier.",
            days,
        ) % words  # fmt: skip
    return ngettext(
        "%(authority)s adjusts the certificate within %(days)s working day: a valid dossier of %(day)s is answered by "
        "%(due)s.",
        "%(authority)s adjusts the certificate within %(days)s working days: a valid dossier of %(day)s is answered by "
        "%(due)s.",
        days,
    ) % words  # fmt: skip


def contrasts(found: Simulation) -> Iterator[Contrast]:
    """The neighbouring law versions that see the change otherwise, the earlier first."""
    for law in (found.earlier, found.later):
        if law is not None:
            yield Contrast(law, _title(law), law.only_here(found.law), found.law.only_here(law))


def _title(law: Law) -> str:
    words = {
        "first": date_format(law.valid_from, "DATE_FORMAT"),
        "last": date_format(law.valid_to, "DATE_FORMAT") if law.valid_to else "",
        "days": law.working_days,
    }
    if law.working_days is None:
        return (_("Until %(last)s: the portal keeps no procedure") if law.valid_to
                else _("Since %(first)s: the portal keeps no procedure")) % words  # fmt: skip
    if law.valid_to:
        return (
            ngettext("Until %(last)s: %(days)s working day", "Until %(last)s: %(days)s working days", law.working_days)
            % words
        )
    return (
        ngettext("Since %(first)s: %(days)s working day", "Since %(first)s: %(days)s working days", law.working_days)
        % words
    )


def in_order(lines: tuple[Line, ...], currency: str) -> list[Line]:
    """The lines of one currency, those that change first."""
    return sorted((line for line in lines if line.currency == currency), key=lambda line: not line.changed)
