"""Addresses of granted incentives."""

from __future__ import annotations

from django.urls import URLPattern, path

from incentives.grants import views, views_acts, views_desk, views_report

urlpatterns: list[URLPattern] = [
    path("incentives/grants/", views.grant_list, name="incentive-grants"),
    path("incentives/grants/due/", views_desk.duties, name="incentive-duties"),
    path("incentives/grants/<str:number>/", views.grant_detail, name="incentive-grant"),
    path("incentives/grants/<str:number>/adjust/", views_acts.adjust, name="incentive-adjust"),
    path("incentives/grants/<str:number>/inspect/", views_acts.plan, name="incentive-inspect"),
    path("incentives/grants/<str:number>/inspected/", views_acts.record, name="incentive-inspected"),
    path("incentives/grants/<str:number>/revoke/", views_acts.revoke, name="incentive-revoke"),
    path("incentives/grants/<str:number>/reports/<int:year>/", views_report.report, name="incentive-report"),
    path(
        "incentives/grants/<str:number>/reports/<int:year>/review/", views_report.review, name="incentive-report-review"
    ),
]
