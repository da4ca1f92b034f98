"""Addresses of adjustments."""

from django.urls import path

from adjustments.views import simulate, start

urlpatterns = [
    path("adjustments/simulate/", simulate.page, name="simulate"),
    path("adjustments/simulate/draft/", simulate.draft, name="simulate-draft"),
    path("projects/<str:code>/change/", start.start, name="adjust"),
]
