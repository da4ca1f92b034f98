"""Addresses of the incentive pages."""

from django.urls import path

from incentives import views, views_eligibility, views_tax

urlpatterns = [
    path("incentives/products/", views.supported_products, name="supported-products"),
    path("incentives/check/", views_eligibility.check, name="incentives-check"),
    path("incentives/tax-schedule/", views_tax.tax_schedule, name="tax-schedule"),
]
