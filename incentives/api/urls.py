"""Addresses of the incentive tools' API, below /api/v1/."""

from django.urls import path

from incentives.api import eligibility, measures, tax

urlpatterns = [
    path("incentives/eligibility/", eligibility.Eligibility.as_view(), name="api-eligibility"),
    path("incentives/tax-schedule/", tax.TaxSchedule.as_view(), name="api-tax-schedule"),
    path("incentives/measures/", measures.Measures.as_view(), name="api-measures"),
]
