"""A place on the officials' desk for the impact of incentives. It keeps nothing: there is no table behind it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Impact(models.Model):
    """The page and the right to read it (`incentives.view_impact`)."""

    class Meta:
        managed = False
        default_permissions = ("view",)
        verbose_name = _("impact of incentives")
        verbose_name_plural = _("impact of incentives")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
