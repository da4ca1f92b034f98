"""A case as the desk opens it: everything its pages share, read once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.calendar import Calendar, load_calendar, local_date
from cases.clock import Clock
from cases.clock_words import OFFICIAL, case_sentence
from cases.desk.days import DayReader, Days
from cases.desk.filters import Filters
from cases.desk.keyset import neighbour
from cases.errors import CaseError
from cases.forms import VERB_FORMS
from cases.kinds import KINDS
from cases.models import Attachment, Case, Event, Note, Notice
from cases.states import Status
from cases.timekeeping import clock_of
from cases.transitions import Transition, actions_for

SECTIONS: Final[dict[str, str | Promise]] = {
    "change": gettext_lazy("Summary"),
    "form": gettext_lazy("Form"),
    "papers": gettext_lazy("Papers"),
    "timeline": gettext_lazy("Timeline"),
    "opinions": gettext_lazy("Opinions"),
    "notes": gettext_lazy("Notes"),
}
MAIN: Final = ("accept", "propose", "approve", "issue", "resume")
"""The verbs that carry a case forward: the first one possible is the page's one primary button."""

_ASKING: Final = (Notice.Kind.RETURN, Notice.Kind.SUPPLEMENT, Notice.Kind.EXPLANATION)


@dataclass(frozen=True)
class Action:
    """A button of the case: a verb this person may use now. tone: primary, danger or secondary."""

    name: str
    label: str | Promise
    url: str
    tone: str


@dataclass(frozen=True)
class Tab:
    """A page of the case; `count` is a figure worth seeing before opening it."""

    label: str | Promise
    url: str
    current: bool
    count: int


class CaseFile:
    """One case for one official. Raises Http404 where there is none they may see."""

    def __init__(self, user: User, pk: int, *, list_query: str | None = None) -> None:
        self.user = user
        self.today = local_date()
        self.list_query = list_query
        self.filters = Filters.read(dict(parse_qsl(list_query or "")))
        self.case = self._load(pk)

    def _load(self, pk: int) -> Case:
        events = Event.objects.select_related("by", "notice").order_by("id")
        pending = Attachment.objects.filter(
            case=OuterRef("pk"), removed_at=None, superseded_by=None, review=Attachment.Review.PENDING
        )
        case = (
            Case.objects.visible_to(self.user)
            .select_related("organisation", "officer", "procedure", "authority", "created_by", "proposed_by")
            .prefetch_related(Prefetch("events", events))
            .annotate(
                notes_written=_counted(Note.objects.filter(case=OuterRef("pk"))), papers_pending=_counted(pending)
            )
            .filter(pk=pk)
            .first()
        )
        if case is None:
            raise Http404
        return case

    @cached_property
    def calendar(self) -> Calendar:
        """The working days."""
        return load_calendar()

    @cached_property
    def clock(self) -> Clock | None:
        """The legal clock; None where it cannot be reckoned (`clock_sentence` then says why)."""
        try:
            return clock_of(self.case, calendar=self.calendar)
        except CaseError:
            return None

    @cached_property
    def clock_sentence(self) -> str:
        """The clock in words, as the investor reads it too."""
        try:
            return case_sentence(self.case, side=OFFICIAL, calendar=self.calendar, clock=self.clock)
        except CaseError as problem:
            return problem.message

    @cached_property
    def days(self) -> Days:
        """Days left, as the queue says it."""
        stopped = {self.case.pk: self.clock.left} if self.clock and self.clock.phase == "stopped" else {}
        return DayReader(self.calendar, self.today, stopped).read(self.case.pk, self.case.status, self.case.due_on)

    @property
    def kind(self) -> str:
        """The kind of dossier in words."""
        kind = KINDS.get(self.case.kind)
        return str(kind.name) if kind else self.case.kind

    @cached_property
    def events(self) -> list[Event]:
        """Every event, oldest first."""
        return list(self.case.events.all())

    @cached_property
    def proposal(self) -> Event | None:
        """The proposal that waits for a signature, or the one that was decided on."""
        if self.case.status not in (Status.PROPOSED, Status.APPROVED, Status.REFUSED, Status.ISSUED):
            return None
        return next((event for event in reversed(self.events) if event.verb == "propose"), None)

    @cached_property
    def open_request(self) -> Notice | None:
        """What the investor still has to answer."""
        notices = [notice for event in self.events if (notice := getattr(event, "notice", None))]
        return next((n for n in reversed(notices) if n.kind in _ASKING and n.answered_by_id is None), None)

    @property
    def with_investor(self) -> bool:
        """Whether the investor may be changing answers right now."""
        return self.case.status in (Status.RETURNED, Status.AWAITING_INVESTOR)

    @cached_property
    def verbs(self) -> list[Transition]:
        """What this person may do now."""
        return actions_for(self.user, self.case)

    @property
    def actions(self) -> list[Action]:
        """The same as buttons: the way forward first, what ends the case last."""
        main = self._main()
        ranks = {"primary": 0, "secondary": 1, "danger": 2}
        buttons = [Action(verb.name, verb.label, self.url(verb.name), self._tone(verb, main)) for verb in self.verbs]
        return sorted(buttons, key=lambda button: ranks[button.tone])

    def _main(self) -> str:
        possible = {verb.name for verb in self.verbs}
        if self.proposal and self.case.status == Status.PROPOSED and self.proposal.data.get("outcome") != "approve":
            possible.discard("approve")
        return next((name for name in MAIN if name in possible), "")

    @staticmethod
    def _tone(verb: Transition, main: str) -> str:
        if verb.name == main:
            return "primary"
        return "danger" if VERB_FORMS[verb.name].danger else "secondary"

    def may(self, verb: str) -> bool:
        """Whether the verb is among this person's actions now."""
        return any(found.name == verb for found in self.verbs)

    @property
    def four_eyes(self) -> str:
        """Who may decide, in words, while a proposal waits."""
        if self.case.status != Status.PROPOSED or self.case.proposed_by is None:
            return ""
        if self.case.proposed_by_id == self.user.pk:
            return _("You proposed this decision, so another official has to take it.")
        words = _("%(name)s proposed this decision. A second official takes it: nobody decides on their own proposal.")
        return words % {"name": self.case.proposed_by}

    def tabs(self, current: str) -> list[Tab]:
        """The pages of the case."""
        counts = {
            "papers": getattr(self.case, "papers_pending", 0),
            "opinions": self.case.open_opinions,
            "notes": getattr(self.case, "notes_written", 0),
        }
        return [Tab(label, self.url(key), key == current, counts.get(key, 0)) for key, label in SECTIONS.items()]

    def neighbour(self, *, backwards: bool) -> int | None:
        """The case before or after this one in the list it was opened from, which it need not be in any more."""
        cases = Case.objects.visible_to(self.user)
        listed = self.filters.apply(cases, user=self.user, calendar=self.calendar, today=self.today)
        order = self.filters.order
        here = order.annotate(cases).values_list(*(key.name for key in order.keys)).get(pk=self.case.pk)
        return neighbour(listed, order, here, backwards=backwards)

    @property
    def queue_url(self) -> str:
        """The list this case was opened from."""
        address = reverse("admin:cases_case_changelist")
        return f"{address}?{self.list_query}" if self.list_query else address

    def url(self, page: str, *, pk: int | None = None, **query: Any) -> str:
        """The address of a page of this case (or of another one) that remembers the list."""
        address = reverse(f"admin:cases_case_{page}", args=[pk or self.case.pk])
        if self.list_query is not None:
            query["list"] = self.list_query
        return f"{address}?{urlencode(query, doseq=True)}" if query else address


def _counted(rows: Any) -> Coalesce:
    """How many rows, as a column."""
    counted = rows.order_by().values("case").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
