"""Addresses of the incentive pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from incentives import views, views_eligibility, views_tax
from incentives.calculators.urls import urlpatterns as calculators
from incentives.dossier import views as dossier
from incentives.grants.urls import urlpatterns as grants
from incentives.petitions.urls import urlpatterns as petitions
from incentives.revising.urls import urlpatterns as revising

urlpatterns: list[URLPattern] = [
    path("incentives/", views.index, name="incentives"),
    path("incentives/products/", views.supported_products, name="supported-products"),
    path("incentives/check/", views_eligibility.check, name="incentives-check"),
    path("incentives/check/draft/", views_eligibility.draft, name="incentives-draft"),
    path("incentives/visits/<int:pk>/", dossier.visit, name="incentive-visit"),
    path("incentives/tax-schedule/", views_tax.tax_schedule, name="tax-schedule"),
    *petitions,
    *revising,
    *calculators,
    *grants,
]
