"""Addresses of the public check and of the papers of a case."""

from django.urls import path

from certificates import views

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/key/", views.verify_key, name="verify-key"),
    path("verify/<str:number>/", views.verify_number, name="verify-number"),
    path("cases/<str:reference>/certificate.pdf", views.case_certificate, name="case-certificate"),
    path("cases/<str:reference>/certificate/", views.certificate_box, name="certificate-box"),
    path("cases/<str:reference>/request.pdf", views.case_request, name="case-request"),
    path("cases/<str:reference>/notices/<int:pk>.pdf", views.notice_pdf, name="notice-pdf"),
]
