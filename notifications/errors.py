"""Why a letter is not sent again now, in words a person can read."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.errors import CaseError


class TooSoon(CaseError):
    """The letter went out a moment ago, or often enough today (429); `until` is when it may go out again."""

    code = "too_soon"

    def __init__(self, until: datetime) -> None:
        local = timezone.localtime(until)
        super().__init__(
            _("This letter was sent a moment ago. It can be sent again from %(time)s on %(day)s (Hanoi time).")
            % {"time": date_format(local, "H:i"), "day": date_format(local, "DATE_FORMAT")}
        )
        self.until = until


class OnItsWay(CaseError):
    """The letter has not gone out yet: a second one would double it (409)."""

    code = "on_its_way"

    def __init__(self) -> None:
        super().__init__(_("This letter is still on its way: it goes out by itself."))


class NoAddressee(CaseError):
    """Nobody to send it to: the account is switched off (409)."""

    code = "no_addressee"

    def __init__(self) -> None:
        super().__init__(_("The person's account is switched off, so no letter can be sent."))
