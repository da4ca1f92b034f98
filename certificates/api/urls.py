"""API addresses, under /api/v1/."""

from django.urls import path

from certificates.api import views

urlpatterns = [
    path("certificates/verify/", views.CertificateVerifyView.as_view(), name="api-certificate-verify"),
    path("certificates/<str:number>/", views.CertificateView.as_view(), name="api-certificate"),
    path("cases/<str:reference>/certificate.pdf", views.CaseCertificateView.as_view(), name="api-case-certificate"),
]
