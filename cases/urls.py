"""Addresses of the investor's pages. Every verb of the investor's side has the address of its name."""

from __future__ import annotations

from django.urls import path

from cases.service.view import service_levels
from cases.views import answer, autosave, case, drafting, home, library, moves, papers, sections

CASE = "cases/<slug:reference>/"
LIBRARY = "company-papers/<slug:company>/"
OWN_PAGES = {"submit": moves.submit, "supplement": answer.supplement}

urlpatterns = [
    path("service-levels/", service_levels, name="service-levels"),
    path("dashboard/", home.dashboard, name="dashboard"),
    path(LIBRARY, library.library, name="paper-library"),
    path(LIBRARY + "<int:pk>/", library.library_paper, name="library-paper"),
    path(LIBRARY + "<int:pk>/remove/", library.library_paper_remove, name="library-paper-remove"),
    path("cases/", home.case_list, name="case-list"),
    path("cases/new/", drafting.new, name="case-new"),
    path("cases/new/<slug:kind>/", drafting.start, name="case-start"),
    path(CASE, case.case, name="case"),
    path(CASE + "sections/<slug:key>/", sections.section, name="case-section"),
    path(CASE + "autosave/<slug:key>/", autosave.autosave, name="case-autosave"),
    path(CASE + "change/", sections.change, name="case-change"),
    path(CASE + "papers/", papers.papers, name="case-papers"),
    path(CASE + "papers/from-library/", papers.papers_from_library, name="case-papers-from-library"),
    path(CASE + "papers/<int:pk>/", papers.paper, name="paper"),
    path(CASE + "papers/<int:pk>/remove/", papers.paper_remove, name="paper-remove"),
    path(CASE + "precheck/", case.check, name="case-precheck"),
    path(CASE + "receipt/", case.receipt, name="case-receipt"),
    *(
        path(f"{CASE}{verb.name}/", OWN_PAGES.get(verb.name) or moves.move(verb), name=f"case-{verb.name}")
        for verb in moves.moves()
    ),
]
