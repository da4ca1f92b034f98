"""What is to change, as typed; and the two contents that the rules compare: the project today and as it is to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from adjustments.content import Content, changed_content, changes
from adjustments.rules.change import PARTS, Change
from adjustments.starting import CERTIFICATE, OUTSIDE, Today, placed
from adjustments.structure import CURRENCIES, TOTAL, Aim, Structure, decimal, mismatch
from cases.models import Case
from projects.models import Registration, Sector, Zone
from projects.money import money
from projects.shape import as_data, hydrated

UNKNOWN: Final = "…"
"""Stands for an answer that exists but was not typed (the approval's number, the new lot); never written to a draft."""


@dataclass(frozen=True)
class Wanted:
    """What is to change, and what the rules ask about the project. Amounts by name, for example total_capital_usd."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    investors: tuple[Aim, ...] = ()
    phases: tuple[Aim, ...] = ()
    completion_on: date | None = None
    land_area_m2: Decimal | None = None
    objectives: tuple[str, ...] = ()
    term_years: int | None = None
    place: str = ""
    approved: bool | None = None
    special: bool | None = None
    state_land: bool | None = None
    operating: bool | None = None
    exception: str = ""
    paid_in: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Both:
    """The two contents with the change between them, what was assumed, and what does not fit."""

    before: Content
    after: Content
    change: Change
    notes: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def asked(self) -> Content:
        """What differs, to be written to a draft: without what was not typed, rows with all their columns."""
        found = changed_content(self.before, self.after)
        return {name: value for name, value in found.items() if value != UNKNOWN}


def both(today: Today, wanted: Wanted, zones: Iterable[Zone] | None = None) -> Both:
    """Lay what is wanted over the project today. One query if a zone is named (and `zones` is not given), one for new
    objectives.
    """
    before, notes = _with_facts(today, wanted)
    structure = Structure(before, wanted.amounts, wanted.investors, wanted.phases)
    after = structure.content
    problems = [*structure.problems, *_below(before, after, wanted)]
    unsound = _sums(_("Capital today"), before) or _sums(_("Capital after the change"), after)
    if unsound and not structure.problems:
        problems.append(unsound)
    _other_changes(after, wanted)
    known = _zones(before, after) if zones is None else {zone.code: zone for zone in zones}
    contents = [_read(content, known) for content in (before, after)]
    before, after = (_whole(content, read) for content, read in zip((before, after), contents, strict=True))
    change = Change(
        contents[0], contents[1], changes(before, after), operating=wanted.operating, exception=wanted.exception,
        restated=today.restated,
    )  # fmt: skip
    return Both(before, after, change, (*today.notes, *notes, *structure.notes), tuple(problems))


def _with_facts(today: Today, wanted: Wanted) -> tuple[Content, list[str]]:
    """What the rules ask about the project: the certificate's own word first, then what was typed."""
    content, notes = dict(today.content), []
    known = today.source == CERTIFICATE
    if wanted.approved and not content.get("approval_number"):
        content["approval_number"] = UNKNOWN
    elif wanted.approved is False and content.get("approval_number"):
        words = {"number": content["approval_number"]}
        notes.append(_("The certificate names the in-principle approval %(number)s, so the project counts as approved "
                       "in principle.") % words)  # fmt: skip
    elif wanted.approved is None and not content.get("approval_number") and not known:
        notes.append(_("Nothing was said about an in-principle approval: the project counts as one without."))
    for name, said in (("special_procedure", wanted.special), ("state_land", wanted.state_land)):
        if said is not None and not (known and content.get(name) is not None):
            content[name] = said
    if content.get("state_land") is None:
        notes.append(_("Nothing was said about land from the State: no deposit was reckoned, and a changed land area "
                       "counts as land without it."))  # fmt: skip
    return content, notes


def _sums(what: str, content: Content) -> str:
    """The sentence for parts that cannot make up the total stated beside them."""
    for currency in CURRENCIES:
        total = decimal(content.get(f"{TOTAL}_{currency}"))
        found = [decimal(content.get(f"{part}_{currency}")) for part in PARTS]
        known = [value for value in found if value is not None]
        if total is not None and known:
            wrong = mismatch(what, total, known, currency, complete=len(known) == len(PARTS))
            if wrong:
                return wrong
    return ""


def _below(before: Content, after: Content, wanted: Wanted) -> list[str]:
    """A decrease below what is paid in, or below what the investors have undertaken to contribute."""
    found = []
    for currency in ("usd", "vnd"):
        total, contributed = (decimal(after.get(f"{name}_{currency}")) for name in (TOTAL, "contributed"))
        certified, paid = decimal(before.get(f"contributed_{currency}")), wanted.paid_in.get(currency)
        lowest = contributed if contributed is not None else total
        if paid is not None and lowest is not None and lowest < paid:
            words = {"wanted": lowest, "paid": paid, "difference": paid - lowest}
            found.append(_(
                "The contributed capital cannot be lowered to %(wanted)s: %(paid)s have been paid in already, which is "
                "%(difference)s more.") % _shown(words, currency))  # fmt: skip
        elif certified is not None and total is not None and total < certified:
            words = {"total": total, "certified": certified, "difference": certified - total}
            found.append(_(
                "The new total of %(total)s is %(difference)s less than the contributed capital of today's "
                "certificate, %(certified)s: part of the contribution itself would be taken back.")
                % _shown(words, currency))  # fmt: skip
            break
    return found


def _shown(amounts: Mapping[str, Decimal], currency: str) -> dict[str, str]:
    return {name: money(value, currency.upper()) for name, value in amounts.items()}


def _other_changes(content: Content, wanted: Wanted) -> None:
    if wanted.land_area_m2 is not None:
        content["land_area_m2"] = f"{wanted.land_area_m2:.2f}"
    if wanted.term_years is not None:
        content["term_years"] = wanted.term_years
    if wanted.completion_on:
        content["phases"] = _later(content.get("phases") or [{"name": ""}], wanted.completion_on)
    if wanted.objectives:
        content["objectives"] = [*(content.get("objectives") or []), *_lines(wanted.objectives, content)]
    if wanted.place:
        same = (content.get("zone") or content.get("location")) == wanted.place
        content |= placed(wanted.place) | ({"lot": UNKNOWN} if same else {})


def _later(phases: list[dict[str, object]], day: date) -> list[dict[str, object]]:
    """The phases with the last one to operate moved to that day."""
    last = max(range(len(phases)), key=lambda number: str(phases[number].get("operation_on") or ""))
    return [row | ({"operation_on": day.isoformat()} if number == last else {}) for number, row in enumerate(phases)]


def _lines(codes: tuple[str, ...], content: Content) -> list[dict[str, object]]:
    """New objectives by their codes, named as the list of sectors names them."""
    known = {row.get("vsic_code") for row in content.get("objectives") or []}
    edition = Sector.Edition.VSIC_2025
    sectors = {line.code: line for line in Sector.objects.filter(edition=edition, code__in=codes)}
    names = {
        code: (sectors[code].name("vi"), sectors[code].name("en")) if code in sectors else ("", "") for code in codes
    }
    return [
        {"vsic_edition": edition.value, "vsic_code": code, "description": vi, "description_en": en}
        for code, (vi, en) in names.items()
        if code not in known
    ]


def _zones(before: Content, after: Content) -> dict[str, Zone]:
    codes = {content["zone"] for content in (before, after) if content.get("zone")}
    return {zone.code: zone for zone in Zone.objects.filter(code__in=codes)} if codes else {}


def _read(content: Content, zones: Mapping[str, Zone]) -> Registration:
    """The content to be read like a registration, with its zone from those fetched for both."""
    found = hydrated(content | {"zone": None}, Case(pk=0))  # no case has this number; lists ask for one
    found.zone = zones.get(content.get("zone") or "")
    return found


def _whole(content: Content, read: Registration) -> Content:
    """The content in the shape of every other: all answers, all columns."""
    return content | as_data(read)


# --- what can be typed ----------------------------------------------------------------------------------------------
def unknown_codes(codes: Iterable[str]) -> str:
    """The sentence for codes that the list of sectors does not have; empty if it has them all."""
    edition = Sector.Edition.VSIC_2025
    asked = list(dict.fromkeys(codes))
    known = set(Sector.objects.filter(edition=edition, code__in=asked).values_list("code", flat=True)) if asked else ()
    missing = [code for code in asked if code not in known]
    if not missing:
        return ""
    return _("VSIC %(edition)s has no code %(code)s.") % {"edition": edition.value, "code": ", ".join(missing)}


def unknown_place(place: str) -> str:
    """The sentence for a zone that the city does not have; empty for one it has, and for “outside”."""
    if not place or place == OUTSIDE or Zone.objects.filter(code=place).exists():
        return ""
    return _("There is no zone with the code %(code)s.") % {"code": place}
