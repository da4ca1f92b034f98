"""The address of the questionnaire for programs, below /api/v1/."""

from django.urls import path

from portal.which import api

urlpatterns = [path("which-procedure/", api.WhichProcedure.as_view(), name="api-which-procedure")]
