"""What is told upwards of an act in a project's life: plain facts, so that no listener has to know the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise

from accounts.models import Organisation, User
from cases.models import Authority

ACTS: Final = ("suspension", "resumption", "termination", "revocation")
READ: Final = "projects.view_lifenotice"  # the right to read what was told or decided about the life of projects
READ_PETITIONS: Final = "incentives.view_petition"  # the right to read what was told of the city's petitions
TELL_OF_PETITIONS: Final = ("owner", "preparer", "signer")  # whom of a company a petition that was adopted is told


@dataclass(frozen=True)
class ProjectNews:
    """One act: what, of which project, by whom, from when, on what ground. `key` names this telling and no other.

    `name` and `ground` answer in the language asked for (vi or en). `ordered`: an authority ended or stopped the
    project against its investor, who may complain. `inform_by`: the last day on which the office may tell the others.
    """

    key: str
    kind: str
    code: str
    name: Callable[[str], str]
    organisation: Organisation | None
    office: Authority | None
    path: str
    state: str | Promise
    by: User
    by_office: bool
    ordered: bool
    at: datetime
    decided_on: date
    effective_on: date
    until: date | None
    ground: Callable[[str], str]
    clause: str
    reason: str
    notice_due_on: date | None
    late: bool
    inform_by: date | None
    certificate: str = ""
    certificate_state: str | Promise = ""


@dataclass(frozen=True)
class PetitionNews:
    """A petition of the city that a list version adopted, for one company: which of its projects may apply now.

    `key` names this telling and no other. `name`, and the words of a project and of a line of the list, answer in the
    language asked for. `may_apply_from`: the first day on which the line is in force. `path` is the petition's page,
    `check_path` the page that answers what the line gives.
    """

    key: str
    number: str
    name: Callable[[str], str]
    organisation: Organisation
    projects: tuple[tuple[str, Callable[[str], str]], ...]
    lines: tuple[tuple[str, Callable[[str], str]], ...]
    list_version: str
    decree: str
    adopted_on: date
    may_apply_from: date
    path: str
    check_path: str
    at: datetime


GRANTS: Final = ("reminder", "reported", "correction", "inspection", "inspected", "revocation", "expired")
TELL_OF_GRANTS: Final = ("owner", "preparer", "signer")  # whom of a company its certificates of incentives are told


@dataclass(frozen=True)
class GrantNews:
    """Something about a certificate of incentives, for its company. `key` names this telling and no other.

    `name` and `ground` answer in the language asked for. `year` is the year of a report. `on` is the day the news is
    about: by which a report is due, for which an inspection is planned, from which a revocation counts. `path` is the
    page where the company acts or reads on.
    """

    key: str
    kind: str
    number: str
    name: Callable[[str], str]
    organisation: Organisation
    office: Authority | None
    path: str
    at: datetime
    on: date | None = None
    days_left: int | None = None
    year: int | None = None
    years: tuple[int, ...] = ()
    reason: str = ""
    ground: Callable[[str], str] | None = None
    clause: Callable[[str], str] | None = None
