"""Addresses of the incentive pages."""

from django.urls import path

from incentives import views

urlpatterns = [path("incentives/products/", views.supported_products, name="supported-products")]
