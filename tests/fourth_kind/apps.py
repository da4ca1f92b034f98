"""Application configuration."""

from django.apps import AppConfig


class FourthKindConfig(AppConfig):
    name = "tests.fourth_kind"
    label = "fourth_kind"
    default_auto_field = "django.db.models.BigAutoField"
