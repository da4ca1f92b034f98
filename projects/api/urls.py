"""Addresses of the register's API, below /api/v1/."""

from django.urls import path

from projects.api import as_of, chain, life, views

urlpatterns = [
    path("deposit/", views.DepositTool.as_view(), name="api-deposit"),
    path("projects/", views.ProjectList.as_view(), name="api-project-list"),
    path("projects/<str:code>/certificate/", as_of.ProjectCertificate.as_view(), name="api-project-certificate"),
    path("projects/chain-heads/", chain.ChainHeadList.as_view(), name="api-chain-heads"),
    path("projects/<str:code>/suspend/", life.Suspend.as_view(), name="api-project-suspend"),
    path("projects/<str:code>/resume/", life.Resume.as_view(), name="api-project-resume"),
    path("projects/<str:code>/terminate/", life.Terminate.as_view(), name="api-project-terminate"),
    path("projects/<str:code>/revoke/", life.Revoke.as_view(), name="api-project-revoke"),
]
