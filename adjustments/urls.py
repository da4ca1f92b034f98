"""Addresses of adjustments."""

from django.urls import path

from adjustments.views import start

urlpatterns = [
    path("projects/<str:code>/change/", start.start, name="adjust"),
]
