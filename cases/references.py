"""The two numbers of a case: its reference (from the first draft on) and its dossier code (from submission on)."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import models

from cases.procedures import Authority

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # neither 0 and O nor 1 and I: people read references aloud
LENGTH = 6


def new_reference(on: date) -> str:
    """A reference that tells nobody how many cases there are, for example HP-26-7K3Q9F."""
    return f"HP-{on:%y}-" + "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))


class DossierCounter(models.Model):
    """The running number of dossiers an authority received on one day."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("authority", "day"), name="one_counter_per_day")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.day}: {self.last}"


def next_dossier_code(authority: Authority, on: date) -> str:
    """The next dossier code (mã số hồ sơ): prefix-YYMMDD-NNNN, as in Circular 01/2018/TT-VPCP, article 19.

    Call it inside the transaction that uses it; the row lock makes concurrent submissions wait their turn.
    """
    DossierCounter.objects.get_or_create(authority=authority, day=on)
    counter = DossierCounter.objects.select_for_update().get(authority=authority, day=on)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{authority.dossier_code_prefix}-{on:%y%m%d}-{counter.last:04d}"
