"""Cases on the officials' desk: a queue, pages to read, and one page for each move. Nothing is edited by raw form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.desk.actions import VerbPage
from cases.desk.case_file import SECTIONS, CaseFile
from cases.desk.case_page import page_of_case
from cases.desk.filters import Filters
from cases.desk.queue import Queue
from cases.desk.reference_admin import (
    AuthorityAdmin,
    CalendarDayAdmin,
    CalendarYearAdmin,
    PaperRuleAdmin,
    ProcedureVersionAdmin,
)
from cases.desk.taking import take_next
from cases.errors import CaseError, Invalid
from cases.models import Attachment, Authority, CalendarDay, CalendarYear, Case, Event, PaperRule, ProcedureVersion
from cases.notes import add_note
from cases.reviewing import review_paper
from cases.timeline import what_happened
from cases.transitions import VERBS

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Case]
else:  # takes no parameter at run time
    ModelAdmin = admin.ModelAdmin

admin.site.register(Authority, AuthorityAdmin)
admin.site.register(CalendarDay, CalendarDayAdmin)
admin.site.register(CalendarYear, CalendarYearAdmin)
admin.site.register(PaperRule, PaperRuleAdmin)
admin.site.register(ProcedureVersion, ProcedureVersionAdmin)


@admin.register(Case)
class CaseAdmin(ModelAdmin):
    """The queue and the case. A case changes only through the verbs of `cases.transitions`."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Investors open cases."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """By verbs only."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        """Nothing is ever deleted."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The case's own pages before Django's."""
        view = self.admin_site.admin_view
        pages = [
            path(f"<int:pk>/{key}/", view(self.section), {"section": key}, name=f"cases_case_{key}")
            for key in SECTIONS
            if key != "change"
        ]
        verbs = [
            path(f"<int:pk>/{name}/", view(self.verb), {"name": name}, name=f"cases_case_{name}")
            for name, verb in VERBS.items()
            if verb.side == Event.Side.OFFICIAL
        ]
        others = [
            path("take-next/", view(self.take_next), name="cases_case_take_next"),
            path("<int:pk>/before/", view(self.step), {"backwards": True}, name="cases_case_before"),
            path("<int:pk>/after/", view(self.step), {"backwards": False}, name="cases_case_after"),
        ]
        return [*others, *pages, *verbs, *super().get_urls()]

    # --- reading ------------------------------------------------------------------------------------------------
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue."""
        del extra_context
        user = self._reader(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        queue = Queue(
            user, Filters.read(request.GET.dict()), after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )  # fmt: skip
        return self._page(request, "admin/cases/case/queue.html", {"queue": queue, "title": _("Cases")})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The case's summary; posting fields here changes nothing."""
        del form_url, extra_context
        if request.method not in ("GET", "HEAD"):
            self._reader(request)
            return HttpResponseNotAllowed(["GET"])
        return self.section(request, int(object_id) if object_id.isdecimal() else 0, "change")

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The timeline: a case's own events, not the admin's log."""
        del extra_context
        return redirect("admin:cases_case_timeline", int(object_id) if object_id.isdecimal() else 0)

    def section(self, request: HttpRequest, pk: int, section: str) -> HttpResponse:
        """One page of a case; on "papers" and "notes" it also takes what is posted there."""
        file = self._file(request, pk)
        problem: CaseError | None = None
        if request.method == "POST":
            try:
                answer = self._post(request, file, section)
            except CaseError as refused:
                problem = refused
            else:
                return answer
        template, context = page_of_case(file, section, request)
        status = 200 if problem is None else 400 if isinstance(problem, Invalid) else 409
        return self._page(request, template, context | {"problem": problem, "posted": request.POST}, status)

    def step(self, request: HttpRequest, pk: int, backwards: bool) -> HttpResponse:
        """The case before or after this one in the list it was opened from."""
        file = self._file(request, pk)
        found = file.neighbour(backwards=backwards)
        if found is None:
            messages.info(request, _("There is no other case in this direction of the list."))
        return HttpResponseRedirect(file.url("change", pk=found))

    # --- writing ------------------------------------------------------------------------------------------------
    def _post(self, request: HttpRequest, file: CaseFile, section: str) -> HttpResponse:
        if section == "notes":
            add_note(file.case, by=file.user, text=request.POST.get("text", ""))
            messages.success(request, _("Note kept. Only officials read it."))
            return HttpResponseRedirect(file.url("notes"))
        if section != "papers":
            return HttpResponseNotAllowed(["GET"])
        number = request.POST.get("paper", "")
        paper = file.case.attachments.filter(pk=number).first() if number.isdecimal() else None
        if paper is None:
            raise Invalid({"paper": [_("Please choose a paper of this case.")]})
        done = review_paper(
            paper, by=file.user, outcome=request.POST.get("outcome", ""), reason=request.POST.get("reason", "")
        )
        messages.success(request, _review_words(done))
        return HttpResponseRedirect(file.url("papers"))

    def verb(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """The page of one move, and the move."""
        file = self._file(request, pk)
        page = VerbPage(file, VERBS[name], request)
        event = page.make_move() if request.method == "POST" else None
        if event is not None:
            messages.success(request, f"{file.case.reference}: {what_happened(event)}.")
            return HttpResponseRedirect(file.url("change"))
        context, status = page.show()
        return self._page(request, "admin/cases/case/verb.html", context, status)

    def take_next(self, request: HttpRequest) -> HttpResponse:
        """Take the most urgent case nobody handles."""
        user = self._reader(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            case = take_next(user)
        except CaseError as problem:
            raise PermissionDenied(problem.message) from problem
        if case is None:
            messages.info(request, _("Every open case has an official. Nothing to take."))
            return redirect("admin:index")
        messages.success(request, _("%(case)s is yours now.") % {"case": case.reference})
        return redirect(f"{reverse('admin:cases_case_change', args=[case.pk])}?list=whose%3Dmine")

    # --- the frame ----------------------------------------------------------------------------------------------
    def _reader(self, request: HttpRequest) -> User:
        if not isinstance(request.user, User) or not self.has_view_permission(request):
            raise PermissionDenied
        return request.user

    def _file(self, request: HttpRequest, pk: int) -> CaseFile:
        chosen = request.POST.get("list") if request.method == "POST" else None
        return CaseFile(self._reader(request), pk, list_query=chosen or request.GET.get("list"))

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        site = self.admin_site
        frame = {"site_title": site.site_title, "site_header": site.site_header, "has_permission": True}
        return TemplateResponse(request, template, frame | context, status=status)


def _review_words(paper: Attachment) -> str:
    if paper.review == Attachment.Review.ACCEPTED:
        return _("“%(name)s” accepted.") % {"name": paper.name}
    if paper.review == Attachment.Review.REFUSED:
        return _("“%(name)s” refused. The investor reads your reason.") % {"name": paper.name}
    return _("“%(name)s” is to be looked at again.") % {"name": paper.name}
