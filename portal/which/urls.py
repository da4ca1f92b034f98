"""The address of the questionnaire."""

from django.urls import path

from portal.which import views

urlpatterns = [path("which-procedure/", views.which, name="which-procedure")]
