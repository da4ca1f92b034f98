"""Addresses of the incentive tools' API, below /api/v1/."""

from django.urls import path

from incentives.api import eligibility, grants, measures, tax

urlpatterns = [
    path("incentives/eligibility/", eligibility.Eligibility.as_view(), name="api-eligibility"),
    path("incentives/tax-schedule/", tax.TaxSchedule.as_view(), name="api-tax-schedule"),
    path("incentives/measures/", measures.Measures.as_view(), name="api-measures"),
    path("incentives/grants/", grants.GrantList.as_view(), name="api-incentive-grants"),
    path("incentives/grants/<str:number>/", grants.GrantRead.as_view(), name="api-incentive-grant"),
    path("incentives/grants/<str:number>/reports/", grants.GrantReports.as_view(), name="api-incentive-reports"),
]
