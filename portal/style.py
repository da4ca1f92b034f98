"""The living style page: every component with sample data, for developers, screenshots and the accessibility test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from cases.clock import Clock, Stop
from cases.sheet import Part, Row, Table
from cases.states import PublicStatus, Status


class SampleForm(forms.Form):
    """One field of each sort, sent with mistakes so that the errors show."""

    name = forms.CharField(label=_("Project name"), help_text=_("As it shall stand on the certificate."))
    capital = forms.CharField(label=_("Total investment capital (USD)"), required=False)
    zone = forms.ChoiceField(label=_("Zone"), choices=[("", "–"), ("td", "Tràng Duệ"), ("dv", "Đình Vũ")])
    path = forms.ChoiceField(
        label=_("Order of company and project"),
        widget=forms.RadioSelect,
        choices=[("irc", _("Certificate first")), ("erc", _("Company first"))],
    )
    paper = forms.FileField(label=_("Project proposal"), required=False)
    agreed = forms.BooleanField(label=_("I declare that what I have written is true."))

    def clean(self) -> dict[str, Any]:
        """A mistake of the form as a whole."""
        raise ValidationError(_("The shares of the investors add up to less than the contributed capital."))


@dataclass(frozen=True)
class SampleEvent:
    """A row of the timeline."""

    at: datetime
    who: str
    what: str
    effect: str = ""
    tone: str = "neutral"
    note: str = ""


def _clocks() -> dict[str, Clock]:
    started, due = date(2026, 11, 10), datetime(2026, 11, 24, 10, tzinfo=UTC)
    stop = Stop(date(2026, 11, 12), None, "supplement", 3)
    return {
        "running": Clock("running", 10, used=6, left=4, started_on=started, due_on=due.date(), due_at=due),
        "soon": Clock("running", 10, used=9, left=1, stopped=3, started_on=started, due_on=due.date(), due_at=due),
        "over": Clock("running", 7, used=9, left=-2, started_on=started, due_on=due.date(), due_at=due),
        "stopped": Clock("stopped", 10, used=2, left=8, stopped=3, started_on=started, stops=(stop,)),
        "not_started": Clock("not_started", 10, left=10),
        "ended": Clock("ended", 10, used=8, left=2, started_on=started, ended_on=date(2026, 11, 20)),
    }


def _sheet() -> list[Part]:
    return [
        Part(
            "project",
            _("Project"),
            rows=(
                Row("name", _("Project name"), "Nhà máy LG Display Việt Nam Hải Phòng"),
                Row("site", _("Site"), "Lô E2, Khu công nghiệp Tràng Duệ"),
            ),
            tables=(
                Table(
                    "investors",
                    _("Investors"),
                    (_("Investor"), _("Contributed capital (USD)")),
                    (("LG Display Co., Ltd.", "500.000.000"), ("LG Electronics Inc.", "11.111.111")),
                ),
            ),
        )
    ]


def _events() -> list[SampleEvent]:
    stands = str(_("The clock stands still until the investor answers."))
    asked, accepted, sent = (datetime(2026, 11, day, 3, 5, tzinfo=UTC) for day in (12, 10, 9))
    return [
        SampleEvent(asked, "Trần Thị Bình", str(_("Supplement requested")), stands, "warn"),
        SampleEvent(accepted, "Nguyễn Văn An", str(_("Dossier accepted")), tone="info"),
        SampleEvent(sent, "Kim Min-jun", str(_("Dossier submitted")), tone="ok"),
    ]


@open_to(ANYONE)
@require_safe
def style(request: HttpRequest) -> HttpResponseBase:
    """Every component once. Raises Http404 on a real site."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    form = SampleForm({"name": "", "capital": "4.650.000.000", "zone": ""})
    return render(
        request,
        "style.html",
        {
            "sample": form,
            "clocks": _clocks(),
            "events": _events(),
            "parts": _sheet(),
            "steps": [_("Prepare"), _("Submit"), _("Appraisal")],
            "statuses": Status.choices,
            "public_statuses": PublicStatus.choices,
            "money": 4_650_000_000,
            "today": date(2026, 12, 2),
        },
    )
