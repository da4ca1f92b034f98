"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from incentives.calculators import views

urlpatterns: list[URLPattern] = [path("incentives/timeline/", views.timeline, name="incentives-timeline")]
