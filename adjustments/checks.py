"""The pre-check of an adjustment: its own rules, the law of the day, and the rules of the content it leads to.

What already stands so in the certificate never blocks: only what the adjustment itself brings about does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from adjustments.granting import ended_sentence, latest_of, stale_sentence
from adjustments.outline import section_of
from adjustments.rivals import open_on, second_sentence
from adjustments.rules.law import Fired, fired, needs_approval
from cases.findings import Finding, Level, Outcome
from projects import precheck
from projects.checking import source_of
from projects.money import money
from projects.register import LICENSED
from projects.showing import label

if TYPE_CHECKING:
    from adjustments.models import Adjustment

NO_PLACE: Final = frozenset({"people", ""})
OUTCOMES: Final = {"info": Outcome.INFO, "class": Outcome.INFO, "warn": Outcome.WARNING, "block": Outcome.MUST_FIX}
LEVELS: Final = {
    Outcome.MUST_FIX: Level.BLOCK, Outcome.WARNING: Level.WARN, Outcome.INFO: Level.INFO,
    Outcome.PASSED: Level.BLOCK, Outcome.CANNOT_CHECK: Level.WARN,
}  # fmt: skip
REQUIRED: Final = ("intent", "reason", "decision_on", "decision_by", "report_on", "disbursed_contributed_vnd",
                   "report_progress")  # fmt: skip
FAST_REQUIRED: Final = ("intent", "reason")
MOST_ADJUSTMENTS: Final = 999
"""More adjustments than any certificate has seen; the number of the next one is printed."""


def findings(adjustment: Adjustment, on: date) -> list[Finding]:
    """Every finding under the rules of that day."""
    if adjustment.project_id is None:
        return [
            _said(
                "project", "project", Outcome.MUST_FIX, _("Please choose the project whose certificate is to change.")
            )
        ]
    applying = fired(adjustment.change, on)
    found = [
        *_standing(adjustment),
        *_required(adjustment, applying),
        *_elsewhere(adjustment, on),
        *_days(adjustment, on),
        *_intent(adjustment),
        *_decrease(adjustment),
        *_law(adjustment, applying),
        *_approval(adjustment, applying),
        *_content(adjustment, on),
    ]
    return [finding for finding in found if finding.section not in NO_PLACE]


def _said(code: str, path: str, outcome: Outcome, message: str, clause: str = "", mark: str = "D") -> Finding:
    section = section_of(path)
    return Finding(code, LEVELS[outcome], outcome, section, path, message, clause, source_of(clause), mark)


# --- the dossier's own rules ----------------------------------------------------------------------------------------
def _standing(adjustment: Adjustment) -> Iterator[Finding]:
    """V22 and V25: one open application, something differs, and the base is the certificate in force."""
    project = adjustment.project
    if project is not None and project.state not in LICENSED:
        yield _said("V22", "project", Outcome.MUST_FIX, ended_sentence(project))
    other = open_on(adjustment)
    if other is not None:
        yield _said("V22", "project", Outcome.MUST_FIX, second_sentence(other))
    latest = latest_of(adjustment)
    if latest is not None and latest != adjustment.base:
        yield _said("V25", "project", Outcome.MUST_FIX, stale_sentence(adjustment.base, latest))
    elif not adjustment.changed:
        yield _said("V25", "total_capital_vnd", Outcome.MUST_FIX,
                    _("Nothing differs from the certificate yet: change what is to be adjusted."))  # fmt: skip
    else:
        yield _said(
            "V25",
            "project",
            Outcome.PASSED,
            _("The application starts from the certificate in force, and something changes."),
        )


def _required(adjustment: Adjustment, applying: list[Fired]) -> Iterator[Finding]:
    """Decree 96/2026, article 6(2): a dossier is valid when all fields are declared; names alone need less."""
    fast = adjustment.procedure_code() == "irc-adjust-fast"
    names = FAST_REQUIRED if fast else REQUIRED
    if any(one.rule.code == "supervision-report" for one in applying) and not fast:
        names = (*names, "supervision_report_filed")
    if adjustment.base is None:
        names = (*names, "earlier_number", "earlier_first_on", "earlier_adjustments")
        names = (*names, "earlier_last_on") if adjustment.earlier_adjustments else names
    for name in names:
        if getattr(adjustment, name) in (None, ""):
            missing = _("“%(field)s” is missing.") % {"field": label(adjustment, name)}
            yield _said("missing", name, Outcome.MUST_FIX, missing, "D96 52(1), 56", "S")


def _elsewhere(adjustment: Adjustment, on: date) -> Iterator[Finding]:
    """What is said of a certificate that was not issued here can be: days in their order, a number one can count to."""
    if adjustment.base is not None:
        return
    days = [day for day in (adjustment.earlier_first_on, adjustment.earlier_last_on) if day]
    if [*days, on] != sorted([*days, on]):
        path = "earlier_last_on" if adjustment.earlier_last_on else "earlier_first_on"
        yield _said("A6", path, Outcome.MUST_FIX, _(
            "First certificate, latest adjustment and today must follow each other in this order."))  # fmt: skip
    if (adjustment.earlier_adjustments or 0) > MOST_ADJUSTMENTS:
        words = {"count": adjustment.earlier_adjustments, "most": MOST_ADJUSTMENTS}
        yield _said("A6", "earlier_adjustments", Outcome.MUST_FIX, _(
            "%(count)s adjustments cannot be right: at most %(most)s are taken.") % words)  # fmt: skip


def _days(adjustment: Adjustment, on: date) -> Iterator[Finding]:
    """What has been decided and reported lies behind: a day still to come is a slip of the pen."""
    for name in ("decision_on", "report_on"):
        day = getattr(adjustment, name)
        if day is not None and day > on:
            words = {"field": label(adjustment, name), "day": date_format(day, "DATE_FORMAT")}
            message = _("“%(field)s” is %(day)s: that day is still to come.") % words
            yield _said("A7", name, Outcome.MUST_FIX, message)


def _intent(adjustment: Adjustment) -> Iterator[Finding]:
    """What is asked for fits what changes; both currencies move the same way.

    Against a certificate that was not issued here it is only a warning: the register's total comes from elsewhere.
    """
    wrong = Outcome.WARNING if adjustment.base is None else Outcome.MUST_FIX
    intent, change = adjustment.Intent, adjustment.change
    unit, difference = change.currency.upper(), change.difference
    words = {"difference": money(abs(difference), unit), "before": money(change.total(change.before), unit),
             "after": money(change.total(change.after), unit)}  # fmt: skip
    if adjustment.intent == intent.INCREASE and difference <= 0:
        yield _said("A1", "intent", wrong, _(
            "An increase raises the total capital, but it goes from %(before)s to %(after)s.") % words)  # fmt: skip
    elif adjustment.intent == intent.DECREASE and difference >= 0:
        yield _said("A1", "intent", wrong, _(
            "A decrease lowers the total capital, but it goes from %(before)s to %(after)s.") % words)  # fmt: skip
    elif adjustment.intent in (intent.CORRECTION, intent.TRANSFER, intent.OTHER) and difference:
        yield _said("A1", "intent", wrong, _(
            "What is asked for leaves the total capital as it is, but it changes by %(difference)s, from %(before)s to "
            "%(after)s.") % words)  # fmt: skip
    if adjustment.intent == intent.TRANSFER and "investors" not in change.names:
        yield _said(
            "A2",
            "investors",
            Outcome.MUST_FIX,
            _("A transfer changes the investors or their shares, but they stay as they are."),
        )
    yield from _both_currencies(adjustment)
    yield from _dollars(adjustment)


def _both_currencies(adjustment: Adjustment) -> Iterator[Finding]:
    before, after = adjustment.certified, adjustment.wanted
    vnd, usd = (
        (getattr(after, name) or Decimal(0)) - (getattr(before, name) or Decimal(0))
        for name in ("total_capital_vnd", "total_capital_usd")
    )
    if before.total_capital_usd is None or after.total_capital_usd is None or before.total_capital_vnd is None:
        return
    if (vnd > 0) != (usd > 0) or (vnd < 0) != (usd < 0):
        words = {"vnd": money(vnd, "VND"), "usd": money(usd, "USD")}
        yield _said("A3", "total_capital_vnd", Outcome.MUST_FIX, _(
            "The total changes by %(vnd)s and by %(usd)s: state both so that they move together.") % words)  # fmt: skip


def _dollars(adjustment: Adjustment) -> Iterator[Finding]:
    """What the register counts in USD goes on being counted: without amount and rate its total would stay behind."""
    before, after = adjustment.change.before, adjustment.wanted
    known = before.total_capital_usd is not None or before.exchange_rate
    stated = after.total_capital_usd is not None or after.exchange_rate
    if known and not stated and before.total_capital_vnd != after.total_capital_vnd:
        sentence = _("The register counts this project in USD too: state the new total in USD, or the exchange rate.")
        yield _said("A5", "total_capital_usd", Outcome.MUST_FIX, sentence)


def _decrease(adjustment: Adjustment) -> Iterator[Finding]:
    """The contributed capital never falls below what has been paid in."""
    for currency in ("vnd", "usd"):
        paid, wanted = (getattr(adjustment, f"disbursed_contributed_{currency}"),
                        getattr(adjustment.wanted, f"contributed_{currency}"))  # fmt: skip
        if paid is None or wanted is None or f"contributed_{currency}" not in adjustment.change.names or wanted >= paid:
            continue
        words = {"wanted": money(wanted, currency.upper()), "paid": money(paid, currency.upper()),
                 "difference": money(paid - wanted, currency.upper())}  # fmt: skip
        yield _said("A4", f"contributed_{currency}", Outcome.MUST_FIX, _(
            "The contributed capital cannot be lowered to %(wanted)s: %(paid)s have been paid in already, which is "
            "%(difference)s more.") % words)  # fmt: skip


# --- the law --------------------------------------------------------------------------------------------------------
def _law(adjustment: Adjustment, applying: list[Fired]) -> Iterator[Finding]:
    del adjustment
    for one in applying:
        if one.rule.effect in OUTCOMES:
            path = one.rule.paths[0] if one.rule.paths else "reason"
            yield _said(one.rule.code, path, OUTCOMES[one.rule.effect], one.sentence, one.rule.clause, one.rule.mark)


def _approval(adjustment: Adjustment, applying: list[Fired]) -> Iterator[Finding]:
    """What needs an in-principle approval first shows the number and day of the (adjusted) approval."""
    before, after = adjustment.certified, adjustment.wanted
    given = bool(after.approval_number and after.approval_on) and (
        (after.approval_number, after.approval_on) != (before.approval_number, before.approval_on)
    )
    for one in needs_approval(applying):
        if given:
            yield _said(one.rule.code, "approval_number", Outcome.INFO, one.sentence, one.rule.clause, one.rule.mark)
        else:
            asked = _("%(why)s Give the number and date of the decision under “Site and land”.") % {"why": one.sentence}
            yield _said(one.rule.code, "approval_number", Outcome.MUST_FIX, asked, one.rule.clause, one.rule.mark)


# --- the content ----------------------------------------------------------------------------------------------------
def _content(adjustment: Adjustment, on: date) -> Iterator[Finding]:
    """The rules of a registration, run over the content as it is to become; what stood so before does not block."""
    known = {_same(finding) for finding in precheck.findings(adjustment.certified, on)} if adjustment.base else set()
    for finding in precheck.findings(adjustment.wanted, on):
        section = section_of(finding.path)
        if finding.code == "V19" or section in NO_PLACE:
            continue
        finding = replace(finding, section=section)
        if _same(finding) not in known or finding.outcome == Outcome.PASSED:
            yield finding


def _same(finding: Finding) -> tuple[str, str, str, str]:
    return (finding.code, finding.path, str(finding.outcome), str(finding.message))
