"""Addresses of the register and of the small searches that forms use."""

from django.urls import path

from projects import views, views_chain, views_life

urlpatterns = [
    path("projects/", views.project_list, name="project-list"),
    path("projects/groups/", views.group_list, name="group-list"),
    path("projects/groups/<slug:slug>/", views.group_detail, name="group-detail"),
    path("projects/life/", views_life.watch, name="project-life-watch"),
    path("projects/<str:code>/", views.project_detail, name="project-detail"),
    path("projects/<str:code>/suspend/", views_life.suspend, name="project-suspend"),
    path("projects/<str:code>/resume/", views_life.resume, name="project-resume"),
    path("projects/<str:code>/terminate/", views_life.terminate, name="project-terminate"),
    path("projects/<str:code>/revoke/", views_life.revoke, name="project-revoke"),
    path("projects/<str:code>/life/<int:pk>/informed/", views_life.informed, name="project-informed"),
    path("projects/<str:code>/certificate", views.project_certificate, name="project-certificate"),
    path("projects/<str:code>/certificate.pdf", views.project_certificate_pdf, name="project-certificate-pdf"),
    path("sectors/", views.sector_search, name="sector-search"),
    path("money-echo/", views.money_echo, name="money-echo"),
    path("verify/chain/", views_chain.chain_heads, name="chain-heads"),
    path("verify/chain/how/", views_chain.chain_document, name="chain-document"),
]
