"""The simulator's form: everything in the address, nothing stored; rows for investors and phases by project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from adjustments.models import Adjustment
from adjustments.starting import OUTSIDE, Today
from adjustments.structure import AMOUNTS, TOTAL
from adjustments.wanting import unknown_codes
from cases.calendar import local_date
from projects.columns import LARGEST_USD, LARGEST_VND, NOT_NEGATIVE
from projects.fields import AnswerField, CountField, DayInput, MoneyField, NumberField
from projects.forms.layout import grid
from projects.models import Project, Registration, Zone
from projects.showing import label

TODAY: Final = "today_"
TYPED_ROWS: Final = 3
USD: Final = tuple(name for name in AMOUNTS if name.endswith("usd"))
VND: Final = tuple(name for name in AMOUNTS if name.endswith("vnd"))
OTHERS: Final = ("land_area_m2", "completion_on", "term_years", "objectives", "place")
RULES: Final = ("approved", "special_procedure", "state_land", "operating", "schedule_exception")
PAID: Final = ("paid_in_usd", "paid_in_vnd")
Names = tuple[str, ...]


def _money(title: Any, currency: str) -> MoneyField:
    largest = LARGEST_USD if currency == "USD" else LARGEST_VND
    return MoneyField(
        label=title, currency=currency, places=2 if currency == "USD" else 0, required=False,
        validators=[NOT_NEGATIVE, forms.DecimalField(max_value=largest).validators[0]],
    )  # fmt: skip


class SimulateForm(forms.Form):
    """Which project and which day; what it is today, where no project is named; what is to change."""

    project = forms.CharField(label=_("Project"), required=False, max_length=12)
    on = forms.DateField(label=_("Law of the day"), required=False, widget=DayInput)
    today_exchange_rate = NumberField(label=_("Exchange rate (dong for 1 USD)"), places=4, required=False,
                                      smallest=Decimal(1000), validators=[NOT_NEGATIVE])  # fmt: skip
    today_land_area_m2 = NumberField(label=_("Land area today (m²)"), places=2, required=False,
                                     validators=[NOT_NEGATIVE])  # fmt: skip
    today_completion_on = forms.DateField(label=_("Last phase operates from, as certified"), required=False,
                                          widget=DayInput)  # fmt: skip
    today_term_years = CountField(label=_("Term today (years)"), required=False, validators=[NOT_NEGATIVE])
    today_place = forms.ChoiceField(label=_("Where the project stands"), required=False)
    land_area_m2 = NumberField(label=_("New land area (m²)"), places=2, required=False, validators=[NOT_NEGATIVE])
    completion_on = forms.DateField(label=_("New day from which the last phase operates"), required=False,
                                    widget=DayInput)  # fmt: skip
    term_years = CountField(label=_("New term (years)"), required=False, validators=[NOT_NEGATIVE])
    objectives = forms.CharField(label=_("New objectives (VSIC codes)"), required=False, max_length=120,
                                 help_text=_("Four digits each, with commas between them."))  # fmt: skip
    place = forms.ChoiceField(label=_("Moves to"), required=False)
    approved = AnswerField(label=_("Was the project approved in principle?"), required=False)
    special_procedure = AnswerField(label=_("Was the certificate issued by the special procedure?"), required=False)
    state_land = AnswerField(label=_("Does the State give the land without auction or bidding?"), required=False)
    operating = AnswerField(label=_("Is the project in operation already?"), required=False)
    schedule_exception = forms.ChoiceField(
        label=_("Legal ground for a later completion"), required=False,
        choices=[("", "–"), *Adjustment.ScheduleException.choices],
    )  # fmt: skip

    def __init__(
        self,
        data: QueryDict | None,
        *,
        zones: Sequence[Zone],
        today: Today | None,
        own: Sequence[Project],
        language: str,
    ) -> None:
        asked = data if data and any(value for key, value in data.items() if key != "on") else None
        super().__init__(asked, auto_id="id_%s")
        self.today, self.use_required_attribute = today, False
        places = [(zone.code, zone.name(language)) for zone in zones] + [(OUTSIDE, _now("Outside the zones"))]
        self.fields["place"].choices = [("", _now("It stays where it is")), *places]  # type: ignore[attr-defined]
        self.fields["today_place"].choices = [("", _now("Not said")), *places]  # type: ignore[attr-defined]
        self.fields["on"].initial = (data.get("on") if data else "") or local_date()
        self._add_amounts()
        self._add_rows()
        if today is not None:
            for name in [name for name in self.fields if name.startswith(TODAY)]:
                del self.fields[name]
        if own:
            self._choose_from(own)
        else:
            self.fields["project"].help_text = _("Its code, for example DA-000123. Empty: you type its figures.")

    def _choose_from(self, own: Sequence[Project]) -> None:
        choices = [("", _now("None of them: I type the figures"))] + [
            (p.code or "", f"{p.name} ({p.code})") for p in own
        ]
        other = self.today.project if self.today else None
        if other is not None and other.code not in dict(choices):
            choices.append((other.code or "", f"{other.name} ({other.code})"))
        self.fields["project"].widget = forms.Select(choices=choices)

    def _add_amounts(self) -> None:
        for name in AMOUNTS:
            currency = name[-3:].upper()
            wanted = _now("New total capital (%(currency)s)") % {"currency": currency} if TOTAL in name else ""
            self.fields[name] = _money(wanted or label(Registration, name), currency)
            self.fields[TODAY + name] = _money(
                _now("Today: %(amount)s") % {"amount": label(Registration, name)}, currency
            )
        for name in PAID:
            self.fields[name] = _money(_now("Contributed capital paid in so far (%(currency)s)") %
                                       {"currency": name[-3:].upper()}, name[-3:].upper())  # fmt: skip

    def _add_rows(self) -> None:
        """A row for each investor and phase of the project, and one more investor; empty ones where all is typed."""
        content = self.today.content if self.today else {}
        self.known = [str(row.get("name") or number) for number, row in enumerate(content.get("investors") or [], 1)]
        self.phase_names = [str(row.get("name") or "") for row in content.get("phases") or []]
        rows = len(self.known) + 1 if self.today else TYPED_ROWS
        for number in range(1, rows + 1):
            known = self.known[number - 1] if number <= len(self.known) else ""
            words = {"who": known or _now("Investor %(number)s") % {"number": number}}
            if not known:
                self.fields[f"investor_{number}"] = forms.CharField(label=_now("%(who)s: name") % words, required=False,
                                                                    max_length=255)  # fmt: skip
            self.fields[f"{TODAY}investor_{number}_usd"] = _money(
                _now("%(who)s: contributes today (USD)") % words, "USD"
            )
            self.fields[f"investor_{number}_usd"] = _money(_now("%(who)s: is to contribute (USD)") % words, "USD")
        for number, name in enumerate(self.phase_names, 1):
            words = {"phase": name or _now("Phase %(number)s") % {"number": number}}
            self.fields[f"phase_{number}_usd"] = _money(_now("%(phase)s: capital (USD)") % words, "USD")

    # --- reading ----------------------------------------------------------------------------------------------------
    def clean_objectives(self) -> list[str]:
        """The codes, each of which the list of sectors has."""
        codes: list[str] = self.cleaned_data["objectives"].replace(",", " ").replace(";", " ").split()
        if problem := unknown_codes(codes):
            raise forms.ValidationError(problem)
        return codes

    def clean(self) -> dict[str, Any]:
        """A contribution belongs to somebody; without a project, today's capital has to be there."""
        found = super().clean() or self.cleaned_data
        for number in self._numbers():
            if f"investor_{number}" in self.fields and not found.get(f"investor_{number}"):
                typed = [found.get(f"{prefix}investor_{number}_usd") for prefix in ("", TODAY)]
                if any(value is not None for value in typed):
                    self.add_error(f"investor_{number}", _now("Whose contribution is this? Please give the name."))
        if self.today is None and not self.errors and all(found.get(TODAY + name) is None for name in AMOUNTS):
            self.add_error(f"{TODAY}{TOTAL}_usd", _now("Name a project, or say what its capital is today."))
        return found

    def _numbers(self) -> range:
        return range(
            1, len([name for name in self.fields if name.startswith("investor_") and name.endswith("_usd")]) + 1
        )

    @property
    def given_today(self) -> dict[str, Any]:
        """The figures of today in the names of the API."""
        found = {name[len(TODAY) :]: value for name, value in self.cleaned_data.items() if name.startswith(TODAY)}
        return found | {"investors": list(self._investors(TODAY))}

    @property
    def given(self) -> dict[str, Any]:
        """What is to change, in the names of the API."""
        phases = [{"number": number, "capital_usd": value} for number in range(1, len(self.phase_names) + 1)
                  if (value := self.cleaned_data.get(f"phase_{number}_usd")) is not None]  # fmt: skip
        return self.cleaned_data | {"investors": list(self._investors("")), "phases": phases}

    def _investors(self, prefix: str) -> Iterator[dict[str, Any]]:
        for number in self._numbers():
            name = self.known[number - 1] if number <= len(self.known) else self.cleaned_data.get(f"investor_{number}")
            value = self.cleaned_data.get(f"{prefix}investor_{number}_usd")
            if name and value is not None:
                yield {"name": name, "contribution_usd": value}

    @property
    def wants_something(self) -> bool:
        """Whether anything is to change, beyond the project and the day."""
        given = self.given
        names: Iterable[str] = (*AMOUNTS, *OTHERS, "investors", "phases")
        return any(given.get(name) not in (None, "", []) for name in names)

    # --- showing ----------------------------------------------------------------------------------------------------
    @property
    def helper(self) -> FormHelper:
        """How crispy lays the form out: the usual first, what few need folded away."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self._groups())
        return helper

    def _groups(self) -> Iterator[Any]:
        yield grid(self, _now("Which project, which day"), ("project", "on"))
        if self.today is None:
            yield grid(self, _now("The project today"), (*(TODAY + name for name in USD), *(
                TODAY + name for name in ("exchange_rate", "place"))))  # fmt: skip
        yield grid(self, _now("The capital wanted"), USD)
        yield from self._folded(_now("Investors"), self._rows("investor_"))
        yield from self._folded(_now("Phases"), self._rows("phase_"))
        before = tuple(TODAY + name for name in OTHERS if TODAY + name in self.fields and name != "place")
        yield from self._folded(_now("Land, schedule, term, objectives, place"), (*before, *OTHERS))
        yield from self._folded(_now("What the law asks about the project"), RULES)
        yield from self._folded(_now("Amounts in dong, and what has been paid in"), (
            *(TODAY + name for name in VND if TODAY + name in self.fields), *VND, *PAID))  # fmt: skip

    def _rows(self, start: str) -> Names:
        return tuple(name for name in self.fields if name.removeprefix(TODAY).startswith(start))

    def _folded(self, title: str, names: Names) -> Iterator[Any]:
        """A group behind its title; open where something in it was typed or is wrong."""
        if not names:
            return
        used = any(self.data.get(name) for name in names) or any(name in self.errors for name in names)
        block = grid(self, "", names)
        yield Fieldset(title, block, template="adjustments/simulate_fold.html", css_class="open" if used else "")
