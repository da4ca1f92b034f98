"""Addresses of the register's API, below /api/v1/."""

from django.urls import path

from projects.api import chain, views

urlpatterns = [
    path("deposit/", views.DepositTool.as_view(), name="api-deposit"),
    path("projects/", views.ProjectList.as_view(), name="api-project-list"),
    path("projects/chain-heads/", chain.ChainHeadList.as_view(), name="api-chain-heads"),
]
