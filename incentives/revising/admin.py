"""Revisions of the rules on the officials' desk: a list, pages to compare and replay, and a button for each act."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.desk.reference_admin import ReferenceAdmin
from cases.errors import CaseError, NotAllowed
from incentives.models import RuleReplay, RuleRevision
from incentives.revising import acts, desk, replaying
from incentives.revising.asking import first_step, new_drafts, number_in, row_asked, written_all
from incentives.revising.forms import LinesForm, RevisionForm, draft_form
from incentives.revising.publishing import publish
from incentives.revising.states import RevisionState

FOLDER: Final = "admin/incentives/revision"
ACTS: Final[dict[str, Callable[..., Any]]] = {
    "hand_over": acts.hand_over, "send_back": acts.send_back, "discard": acts.discard,
}  # fmt: skip


@admin.register(RuleRevision)
class RuleRevisionAdmin(ReferenceAdmin):
    """A revision changes only through the acts of `incentives.revising`."""

    list_display = ("title", "effective_on", "state_tag", "drafted_by", "published_by", "published_at")
    list_filter = ("state",)
    list_select_related = ("drafted_by", "published_by")
    search_fields = ("title", "source")
    ordering = ("-id",)

    def has_change_permission(self, request: HttpRequest, obj: RuleRevision | None = None) -> bool:
        """By the acts only."""
        return False

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_tag(self, revision: RuleRevision) -> str:
        """The state as sign, text and colour."""
        tag = desk.tag_of(revision)
        return render_to_string("includes/tag.html", {"tone": tag.tone, "label": tag.label, "icon": tag.icon})

    def get_urls(self) -> list[URLPattern]:
        """The revision's own pages before Django's."""
        view, name = self.admin_site.admin_view, "incentives_rulerevision"
        pages: list[tuple[str, Any, str]] = [
            ("edit/", self.edit, "edit"), ("choose/", self.choose, "choose"), ("draft/", self.draft, "draft"),
            ("draft/<int:id>/", self.draft, "draft_edit"), ("publish/", self.publishing, "publish"),
            ("replay/", self.replay_start, "replay_start"), ("replay/<int:id>/", self.replay, "replay"),
            ("replay/<int:id>/progress/", self.progress, "progress"),
            ("replay/<int:id>/cancel/", self.cancel, "cancel"), ("replay/<int:id>/csv/", self.as_csv, "csv"),
        ]  # fmt: skip
        moves = [(f"{act}/", self.move, act) for act in ACTS]
        ours = [
            path(f"<int:pk>/{tail}", view(page), {"act": key} if key in ACTS else {}, name=f"{name}_{key}")
            for tail, page, key in [*pages, *moves]
        ]
        return [*ours, *super().get_urls()]

    # --- the revision ---------------------------------------------------------------------------------------------
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new revision; from the page of a rule or product it leads on to the change of that row."""
        del form_url, extra_context
        user = self._reader(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        row, form = row_asked(request.GET), RevisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return HttpResponseRedirect(first_step(acts.begin(by=user, **form.cleaned_data), row))
        own = RuleRevision.objects.filter(drafted_by=user, state=RevisionState.DRAFT).order_by("-pk")[:20]
        shown = {
            "form": form, "row": row, "own": [(one, first_step(one, row)) for one in own] if row else [],
            "title": _("New revision of the rules"), "back": reverse("admin:incentives_rulerevision_changelist"),
        }  # fmt: skip
        return self._page(request, "form.html", shown, _status(form))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The revision's page; posting fields here changes nothing."""
        del form_url, extra_context
        user = self._reader(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        revision = self._revision(number_in(object_id))
        return self._page(request, "revision.html", desk.revision_page(revision, user))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Title, reason, source and day of a draft."""
        user, revision = self._reader(request), self._revision(pk)
        if not acts.may("edit", user, revision):
            raise PermissionDenied
        form = RevisionForm(request.POST or None, instance=revision)
        if request.method == "POST" and form.is_valid():
            try:
                acts.describe(revision, by=user, **form.cleaned_data)
            except CaseError as problem:  # handed over meanwhile: what was typed stays to be copied
                form.add_error(None, problem.message)
            else:
                return HttpResponseRedirect(revision.get_absolute_url())
        shown = {"form": form, "title": _("Edit the revision"), "back": revision.get_absolute_url()}
        return self._page(request, "form.html", shown, _status(form))

    def move(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Hand over, send back, discard."""
        user, revision = self._reader(request), self._revision(pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        remark = {} if act == "hand_over" else {"remark": request.POST.get("remark", "")}
        return self._done(request, revision, lambda: ACTS[act](revision, by=user, **remark))

    def publishing(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will happen, and the button."""
        user, revision = self._reader(request), self._revision(pk)
        problem: CaseError | None = None
        if request.method == "POST":
            try:
                publish(revision, by=user, today_is_right="today_is_right" in request.POST)
            except CaseError as refused:
                problem = refused
            else:
                messages.success(request, _("Published: “%(title)s”.") % {"title": revision.title})
                return HttpResponseRedirect(revision.get_absolute_url())
        shown = desk.publish_page(self._revision(pk), user) | {"problem": problem}
        return self._page(request, "publish.html", shown, _refused(problem))

    # --- drafts ---------------------------------------------------------------------------------------------------
    def choose(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which rows, and what happens to them."""
        user, revision = self._reader(request), self._revision(pk)
        if not acts.may("edit", user, revision):
            raise PermissionDenied
        return self._page(request, "choose.html", desk.choosing_page(revision, request.GET.get("q", "").strip()[:100]))

    def draft(self, request: HttpRequest, pk: int, id: int = 0) -> HttpResponse:
        """Write a draft; the same confirmation or end may be written for several rows at once."""
        user, revision = self._reader(request), self._revision(pk)
        if not acts.may("edit", user, revision):
            raise PermissionDenied
        drafts = [get_object_or_404(revision.drafts, pk=id, dropped=False)] if id else new_drafts(request.GET, revision)
        for draft in drafts:
            draft.revision = revision
        if request.method == "POST" and "drop" in request.POST and id:
            return self._done(request, revision, lambda: acts.drop(drafts[0], by=user))
        form = draft_form(drafts[0], request.POST if request.method == "POST" else None)
        if request.method == "POST" and written_all(form, drafts, revision, user):
            return HttpResponseRedirect(revision.get_absolute_url())
        rows = [draft.base for draft in drafts if draft.base is not None]
        shown = {
            "form": form, "draft": drafts[0], "rows": rows, "revision": revision, "kept": bool(id),
            "title": desk.draft_title(drafts[0], rows), "back": revision.get_absolute_url(),
        }  # fmt: skip
        return self._page(request, "draft.html", shown, _status(form))

    # --- replays --------------------------------------------------------------------------------------------------
    def replay_start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a replay."""
        user, revision = self._reader(request), self._revision(pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        cases = request.POST.get("cases", "")
        return self._done(request, revision, lambda: replaying.start(revision, by=user, cases=cases))

    def replay(self, request: HttpRequest, pk: int, id: int) -> HttpResponse:
        """Who would be answered differently."""
        self._reader(request)
        return self._page(request, "replay.html", desk.replay_page(self._replay(pk, id), request.GET.dict()))

    def progress(self, request: HttpRequest, pk: int, id: int) -> HttpResponse:
        """How far it is, for the page's script."""
        self._reader(request)
        replay = self._replay(pk, id)
        said = {"done": replay.done, "total": replay.total, "differing": replay.differing}
        figures = {name: number_format(value, force_grouping=True) for name, value in said.items()}
        words = _("%(done)s of %(total)s cases judged, %(differing)s differ") % figures
        answer = JsonResponse(said | {"state": replay.state, "running": replay.unfinished, "words": words})
        answer["Cache-Control"] = "no-store"
        return answer

    def cancel(self, request: HttpRequest, pk: int, id: int) -> HttpResponse:
        """Stop it."""
        user, replay = self._reader(request), self._replay(pk, id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self._done(request, replay.revision, lambda: replaying.cancel(replay, by=user))

    def as_csv(self, request: HttpRequest, pk: int, id: int) -> HttpResponseBase:
        """The differences that the page's filters leave, streamed."""
        self._reader(request)
        replay = self._replay(pk, id)
        form = LinesForm(request.GET, desk.codes_of(replay))
        lines = desk.csv_lines(replay.lines.filter(**form.conditions()))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="replay-{replay.pk}.csv"'
        return answer

    # --- the frame ------------------------------------------------------------------------------------------------
    def _reader(self, request: HttpRequest) -> User:
        if not isinstance(request.user, User) or not self.has_view_permission(request):
            raise PermissionDenied
        return request.user

    def _revision(self, pk: int) -> RuleRevision:
        return get_object_or_404(RuleRevision.objects.select_related("drafted_by", "published_by"), pk=pk)

    def _replay(self, pk: int, number: int) -> RuleReplay:
        return get_object_or_404(RuleReplay.objects.select_related("revision", "asked_by"), pk=number, revision_id=pk)

    def _done(self, request: HttpRequest, revision: RuleRevision, act: Callable[[], Any]) -> HttpResponse:
        """Do it and go back to the revision; a refusal is said on its page."""
        try:
            act()
        except CaseError as problem:
            shown = desk.revision_page(self._revision(revision.pk), self._reader(request))
            shown |= {"problem": problem, "typed": request.POST.get("remark", "")}
            return self._page(request, "revision.html", shown, _refused(problem))
        return HttpResponseRedirect(revision.get_absolute_url())

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        site = self.admin_site
        frame = {"site_title": site.site_title, "site_header": site.site_header, "has_permission": True}
        return TemplateResponse(request, f"{FOLDER}/{template}", frame | context, status=status)


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


def _refused(problem: CaseError | None) -> HTTPStatus:
    if problem is None:
        return HTTPStatus.OK
    return HTTPStatus.FORBIDDEN if isinstance(problem, NotAllowed) else HTTPStatus.CONFLICT
