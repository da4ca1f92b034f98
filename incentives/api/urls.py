"""Addresses of the incentive tools' API, below /api/v1/."""

from django.urls import path

from incentives.api import eligibility, tax

urlpatterns = [
    path("incentives/eligibility/", eligibility.Eligibility.as_view(), name="api-eligibility"),
    path("incentives/tax-schedule/", tax.TaxSchedule.as_view(), name="api-tax-schedule"),
]
