"""Addresses of the API of adjustments, below /api/v1/."""

from django.urls import path

from adjustments.api import views

urlpatterns = [path("adjustments/simulate/", views.Simulate.as_view(), name="api-simulate")]
