"""Petitions of the city on the officials' desk: a list, a page for each, and a page for each act."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.folded_search import FoldedSearch, NothingDeleted
from accounts.models import User
from cases.errors import CaseError, Invalid, NotAllowed
from cases.views.door import new_key, posted_key
from cases.views.papers import file_answer
from incentives.petitions import acts, adopting
from incentives.petitions.desk import BY_NAME, STEPS, address, petition_page
from incentives.petitions.forms import (
    ActForm,
    AdoptForm,
    AnswerForm,
    EvidenceForm,
    PetitionForm,
    ProjectsForm,
    SendForm,
    WithdrawForm,
)
from incentives.petitions.models import Petition, PetitionProject
from incentives.petitions.proposals import proposed
from incentives.templatetags.petition_look import petition_state

FOLDER: Final = "admin/incentives/petition"
FORMS: Final[dict[str, type[ActForm]]] = {
    "evidence": EvidenceForm, "send": SendForm, "answer": AnswerForm, "withdraw": WithdrawForm,
}  # fmt: skip


@admin.register(Petition)
class PetitionAdmin(FoldedSearch, NothingDeleted):
    """A petition changes only through the acts of `incentives.petitions`."""

    list_display = ("number", "name_here", "subject", "state_tag", "sent_to", "sent_on", "projects")
    list_display_links = ("number", "name_here")
    list_filter = ("state", "subject", "imported")
    list_per_page = 50
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Petition]:
        """With the number of projects, for the list."""
        return Petition.objects.with_counts()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever records petitions."""
        return acts.may_record(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the acts only."""
        return False

    @admin.display(description=gettext_lazy("name"))
    def name_here(self, petition: Petition) -> str:
        """In the reader's language."""
        return petition.name_here

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_tag(self, petition: Petition) -> str:
        """As icon, text and colour."""
        return render_to_string("includes/tag.html", petition_state(petition))

    @admin.display(description=gettext_lazy("projects"))
    def projects(self, petition: Petition) -> int:
        """How many it names."""
        return int(getattr(petition, "projects_count", 0))

    def get_urls(self) -> list[URLPattern]:
        """The petition's own pages before Django's."""
        view, name = self.admin_site.admin_view, "incentives_petition"
        own = {"edit": self.edit, "projects": self.affected, "adopt": self.adopt}
        pages = [
            path(f"<int:pk>/{step.name}/", view(own.get(step.name, self.act)), {} if step.name in own
                 else {"act": step.name}, name=f"{name}_{step.name}")
            for step in STEPS
        ]  # fmt: skip
        file = path("<int:pk>/evidence/<int:id>/", view(self.file), name=f"{name}_file")
        return [*pages, file, *super().get_urls()]

    # --- reading and drafting -----------------------------------------------------------------------------------------
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new draft."""
        del form_url, extra_context
        user = self._recorder(request)
        form = PetitionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = acts.record(form.words(), by=user, listed=form.cleaned_data["listed"])
            messages.success(request, _("Petition %(number)s is recorded as a draft.") % {"number": made.number})
            return HttpResponseRedirect(address(made, "change"))
        return self._page(request, "form.html", {"form": form, "title": _("New petition")}, _status(form))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The petition; posting fields here changes nothing."""
        del form_url, extra_context
        user = self._reader(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET"])
        petition = self._petition(int(object_id) if object_id.isdecimal() and len(object_id) < 18 else 0)
        return self._page(request, "petition.html", petition_page(petition, user, request.GET.get("page")))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The steps stand on the petition's page."""
        return self.change_view(request, object_id, extra_context=extra_context)

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The words of a draft."""
        user, petition = self._recorder(request), self._petition(pk)
        form = PetitionForm(request.POST or None, instance=petition)
        problem: CaseError | None = None
        if request.method == "POST" and form.is_valid():
            try:
                acts.edit(petition, form.words(), by=user, listed=form.cleaned_data["listed"])
            except CaseError as refused:
                problem = refused
            else:
                return self._done(request, petition, _("The draft is saved."))
        return self._act_page(request, petition, "edit", form, problem)

    def act(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Evidence, sending, the answer, withdrawal: a form, and the act."""
        user, petition = self._recorder(request), self._petition(pk)
        form = FORMS[act](request.POST or None, request.FILES or None)
        problem: CaseError | None = None
        if request.method == "POST" and form.is_valid():
            try:
                _carry_out(act, petition, form, user, posted_key(request))
            except CaseError as refused:
                problem = _taken_over(form, refused)
            else:
                return self._done(request, petition, _("Written down."))
        return self._act_page(request, petition, act, form, problem)

    def file(self, request: HttpRequest, pk: int, id: int) -> HttpResponseBase:
        """A file of the evidence."""
        self._reader(request)
        evidence: Any = get_object_or_404(self._petition(pk).evidence.exclude(file=""), pk=id)
        return file_answer(evidence)

    # --- projects and adoption ----------------------------------------------------------------------------------------
    def affected(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What sector and words propose; an official ticks what is right, takes out what is not, and adds by code."""
        user, petition = self._recorder(request), self._petition(pk)
        form = ProjectsForm(request.POST or None)
        proposals, count = proposed(petition)
        add, remove = _numbers(request, "add"), _numbers(request, "remove")
        problem: CaseError | None = None
        if request.method == "POST" and form.is_valid():
            found = {one.project.pk: (one.why, one.ground) for one in proposals if one.project.pk in add}
            by_hand = {project.pk: (PetitionProject.Why.HAND.value, "") for project in form.cleaned_data["codes"]}
            try:
                added, gone = acts.confirm_projects(petition, by=user, found=by_hand | found, removed=remove)
            except CaseError as refused:
                problem = refused
            else:
                words = _("Projects added: %(added)s. Taken out: %(gone)s.") % {"added": added, "gone": gone}
                return self._done(request, petition, words)
        chosen = add if request.method == "POST" else {one.project.pk for one in proposals if one.strong}
        shown = {
            "proposals": [(one, one.project.pk in chosen) for one in proposals], "count": count,
            "rows": [(row, row.project_id in remove) for row in adopting.affected(petition)[:PROJECTS]],
        }  # fmt: skip
        return self._act_page(request, petition, "projects", form, problem, shown, template="projects.html")

    def adopt(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which lines and projects; then what will happen and who will be told; then the act, once."""
        user, petition = self._recorder(request), self._petition(pk)
        form = AdoptForm(request.POST or None, petition=petition, rows=adopting.affected(petition))
        problem: CaseError | None = None
        if request.method == "POST" and request.POST.get("step") != "change" and form.is_valid():
            try:
                if request.POST.get("step") == "act":
                    done = adopting.adopt(petition, form.decision(), by=user, key=posted_key(request))
                    return self._done(request, done, _told_words(done))
                shown = {"seen": adopting.foresee(petition, form.decision()), "decision": form.decision()}
                return self._act_page(request, petition, "adopt", form, None, shown, template="adopt.html")
            except CaseError as refused:
                problem = _taken_over(form, refused)
        return self._act_page(request, petition, "adopt", form, problem)

    # --- the frame ----------------------------------------------------------------------------------------------------
    def _reader(self, request: HttpRequest) -> User:
        if not isinstance(request.user, User) or not self.has_view_permission(request):
            raise PermissionDenied
        return request.user

    def _recorder(self, request: HttpRequest) -> User:
        user = self._reader(request)
        if not acts.may_record(user):
            raise PermissionDenied
        return user

    def _petition(self, pk: int) -> Petition:
        return get_object_or_404(Petition, pk=pk)

    def _done(self, request: HttpRequest, petition: Petition, words: str) -> HttpResponse:
        messages.success(request, f"{petition.number}: {words}")
        return HttpResponseRedirect(address(petition, "change"))

    def _act_page(
        self, request: HttpRequest, petition: Petition, name: str, form: Any, problem: CaseError | None,
        more: dict[str, Any] | None = None, template: str = "act.html",
    ) -> HttpResponse:  # fmt: skip
        step = BY_NAME[name]
        if problem is None and petition.state not in step.sources:
            problem = acts.refusal(step.label, petition)
        shown = {
            "petition": petition, "step": step, "form": form, "problem": problem, "title": f"{petition} · {step.label}",
            "possible": petition.state in step.sources, "key": posted_key(request) or new_key(),
        }  # fmt: skip
        status = _status(form) if problem is None else _refused(problem)
        return self._page(request, template, shown | (more or {}), status)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        request.current_app = self.admin_site.name
        site = self.admin_site
        frame = {"site_title": site.site_title, "site_header": site.site_header, "has_permission": True}
        frame |= {"may_record": acts.may_record(request.user)}
        return TemplateResponse(request, f"{FOLDER}/{template}", frame | context, status=status)


PROJECTS: Final = 200
"""Confirmed projects shown to be taken out; further ones are found by their code on the petition's page."""


def _carry_out(act: str, petition: Petition, form: Any, by: User, key: str) -> None:
    said = form.cleaned_data
    if act == "evidence":
        words = {name: said[name] for name in ("text_vi", "text_en", "source")}
        acts.add_evidence(petition, by=by, upload=said["file"], **words)
    elif act == "send":
        acts.send(petition, by=by, to=said["sent_to"], on=said["sent_on"], key=key)
    elif act == "answer":
        acts.answer(petition, form.told(), by=by, key=key)
    else:
        acts.withdraw(petition, by=by, reason=said["reason"], key=key)


def _told_words(petition: Petition) -> str:
    told = petition.affected.filter(told_at__isnull=False).count()
    return ngettext(
        "Adopted. %(n)s project was told.", "Adopted. %(n)s projects were told.", told
    ) % {"n": told}  # fmt: skip


def _taken_over(form: ActForm, problem: CaseError) -> CaseError | None:
    """What is wrong with fields goes beside them; anything else is said above."""
    if isinstance(problem, Invalid):
        form.take_over(problem)
        return None
    return problem


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(text) for text in request.POST.getlist(name) if text.isdecimal() and len(text) < 18}


def _status(form: Any) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK


def _refused(problem: CaseError) -> HTTPStatus:
    return HTTPStatus.FORBIDDEN if isinstance(problem, NotAllowed) else HTTPStatus.CONFLICT
