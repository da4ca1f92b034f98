"""Addresses of the register and of the small searches that forms use."""

from django.urls import path

from projects import views, views_chain

urlpatterns = [
    path("projects/", views.project_list, name="project-list"),
    path("projects/<str:code>/", views.project_detail, name="project-detail"),
    path("sectors/", views.sector_search, name="sector-search"),
    path("money-echo/", views.money_echo, name="money-echo"),
    path("verify/chain/", views_chain.chain_heads, name="chain-heads"),
    path("verify/chain/how/", views_chain.chain_document, name="chain-document"),
]
