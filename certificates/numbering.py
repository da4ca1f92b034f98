"""Numbers: a certificate's own, without gap or repeat, and the project code, which only the national system gives."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from certificates.models import Counter

NUMBER: Final = re.compile(r"[A-Z]{2,8}-20\d{2}-\d{6}")
NATIONAL_CODE: Final = re.compile(r"\d{10}")


def next_number(series: str, year: int) -> str:
    """The next number of a series, for example HP-2026-000001.

    Call it inside the transaction that uses it: the row lock is held until that ends, and a rolled-back issue gives its
    number back. That is what keeps the numbers without gap.
    """
    Counter.objects.get_or_create(series=series, year=year)
    counter = Counter.objects.select_for_update().get(series=series, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{series}-{year}-{counter.last:06d}"


def project_code_warning(code: str) -> str:
    """A sentence if the national project code looks unusual, else an empty text. Never an error.

    Older licences keep the code they have. Ten digits are written in Decree 118/2015 only (article 5); Decree 96/2026,
    article 40, leaves the length out.
    """
    if NATIONAL_CODE.fullmatch(code.strip()):
        return ""
    return _("A national project code normally has 10 digits; “%(code)s” does not. Please check it.") % {
        "code": code.strip()
    }
