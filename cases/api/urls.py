"""Addresses of the cases API, below /api/v1/."""

from django.urls import path

from cases.api import library, service, tools, views

urlpatterns = [
    path("calendar/due/", tools.DueDay.as_view(), name="api-calendar-due"),
    path("service-levels/", service.ServiceLevels.as_view(), name="api-service-levels"),
    path("cases/", views.CaseList.as_view(), name="api-case-list"),
    path("cases/<str:reference>/", views.CaseDetail.as_view(), name="api-case"),
    path("cases/<str:reference>/attachments/", views.CaseAttachments.as_view(), name="api-case-attachments"),
    path(
        "cases/<str:reference>/attachments/from-library/",
        library.CaseLibraryPapers.as_view(),
        name="api-case-from-library",
    ),
    path("cases/<str:reference>/precheck/", views.CasePrecheck.as_view(), name="api-case-precheck"),
    path("cases/<str:reference>/<str:verb>/", views.CaseMove.as_view(), name="api-case-move"),
]
