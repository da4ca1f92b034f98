"""Addresses of the city's petitions."""

from __future__ import annotations

from django.urls import URLPattern, path

from incentives.petitions import views

urlpatterns: list[URLPattern] = [
    path("incentives/petitions/", views.petition_list, name="petition-list"),
    path("incentives/petitions/<str:number>/", views.petition_detail, name="petition-detail"),
]
