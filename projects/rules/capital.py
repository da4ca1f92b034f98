"""Capital that adds up: total, parts, investors, sources, phases, rate. Amounts are named, never just "invalid"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, open_
from projects.money import figure, money

CURRENCIES: Final = ("vnd", "usd")
ZERO: Final = Decimal(0)
TOLERANCE: Final = Decimal("0.01")
RATE_TOLERANCE: Final = Decimal("0.005")


def amount(registration: Any, name: str) -> Decimal:
    """An amount, 0 where nothing was stated."""
    value: Decimal | None = getattr(registration, name)
    return value if value is not None else ZERO


def gap(found: Decimal, wanted: Decimal, currency: str) -> dict[str, str]:
    """The words for two amounts that should be equal and are not."""
    return {
        "found": money(found, currency.upper()),
        "wanted": money(wanted, currency.upper()),
        "difference": money(abs(found - wanted), currency.upper()),
    }


def _states(facts: Facts, currency: str) -> bool:
    names = ("total_capital", "contributed", "mobilised")
    return all(getattr(facts.registration, f"{name}_{currency}") is not None for name in names)


@check("V1", level=Level.BLOCK, path="total_capital_vnd", clause="D96 29(1), 37(6)")
def total_is_the_sum_of_its_parts(facts: Facts) -> Iterator[Said]:
    """Total = contributed + mobilised + retained profit, in each currency that is stated."""
    registration, wrong = facts.registration, False
    for currency in CURRENCIES:
        if not _states(facts, currency):
            continue
        total = amount(registration, f"total_capital_{currency}")
        parts = {part: amount(registration, f"{part}_{currency}") for part in ("contributed", "mobilised", "retained")}
        found = sum(parts.values(), ZERO)
        if found != total:
            wrong = True
            words = {name: money(value, currency.upper()) for name, value in parts.items()} | gap(
                found, total, currency
            )
            yield fail(_too_little(words) if found < total else _too_much(words), f"total_capital_{currency}")
    if wrong:
        return
    if _states(facts, "vnd"):
        yield fine(_("Contributed, mobilised and retained capital add up to the total."))
    else:
        yield open_(
            _("Whether the total adds up can be checked once total, contributed and mobilised capital are there.")
        )


def _too_little(words: dict[str, str]) -> str:
    return (
        _(
            "Contributed %(contributed)s plus mobilised %(mobilised)s plus retained %(retained)s make %(found)s: "
            "that is %(difference)s less than the total of %(wanted)s."
        )
        % words
    )


def _too_much(words: dict[str, str]) -> str:
    return (
        _(
            "Contributed %(contributed)s plus mobilised %(mobilised)s plus retained %(retained)s make %(found)s: "
            "that is %(difference)s more than the total of %(wanted)s."
        )
        % words
    )


@check("V2", level=Level.BLOCK, path="contributed_vnd", clause="D96 29(1), 37(6)")
def contributed_capital_is_within_the_total(facts: Facts) -> Iterator[Said]:
    """All amounts 0 or more, contributed capital above 0 and not above the total."""
    registration = facts.registration
    contributed, total = registration.contributed_vnd, registration.total_capital_vnd
    names = [
        f"{part}_{currency}"
        for part in ("contributed", "mobilised", "retained", "total_capital")
        for currency in CURRENCIES
    ]
    negative = [name for name in names if amount(registration, name) < 0]
    for name in negative:
        yield fail(_("An amount must be 0 or more."), name)
    if contributed is None or total is None:
        yield open_(_("Whether contributed capital is within the total can be checked once both are there."))
    elif contributed == 0:
        yield fail(_("Contributed capital must be more than 0: a project needs money of its investors."))
    elif contributed > total:
        words = gap(contributed, total, "vnd")
        yield fail(_("Contributed capital of %(found)s is %(difference)s more than the total of %(wanted)s.") % words)
    elif not negative:
        yield fine(_("Contributed capital is above 0 and within the total."))


@check("V3", level=Level.BLOCK, path="investors", clause="D96 37(2), 37(6)")
def investors_make_up_the_contributed_capital(facts: Facts) -> Iterator[Said]:
    """Contributions sum to contributed capital, shares to 100 % (±0.01), and each share fits its amount."""
    investors = facts.rows("investors")
    given = [row for row in investors if row.contribution_vnd is not None and row.share_percent is not None]
    if not investors or len(given) < len(investors) or facts.registration.contributed_vnd is None:
        yield open_(_("Whether the contributions add up can be checked once every investor has an amount and a share."))
        return
    problems = [*_contributions(facts, "vnd"), *_contributions(facts, "usd"), *_shares(facts)]
    yield from problems
    if not problems:
        yield fine(_("The investors' contributions add up to the contributed capital, and their shares to the whole."))


def _contributions(facts: Facts, currency: str) -> Iterator[Said]:
    stated = [getattr(row, f"contribution_{currency}") for row in facts.rows("investors")]
    wanted = getattr(facts.registration, f"contributed_{currency}")
    if None in stated or wanted is None or sum(stated, ZERO) == wanted:
        return
    words = gap(sum(stated, ZERO), wanted, currency)
    text = (
        _("The investors contribute %(found)s: that is %(difference)s less than the contributed capital of %(wanted)s.")
        if sum(stated, ZERO) < wanted
        else _(
            "The investors contribute %(found)s: that is %(difference)s more than the contributed capital of "
            "%(wanted)s."
        )
    )
    yield fail(text % words, f"investors.0.contribution_{currency}")


def _shares(facts: Facts) -> Iterator[Said]:
    investors, contributed = facts.rows("investors"), facts.registration.contributed_vnd
    total = sum((row.share_percent for row in investors), ZERO)
    if abs(total - 100) > TOLERANCE:
        yield fail(
            _("The shares add up to %(total)s %%, not to 100 %%.") % {"total": figure(total)},
            "investors.0.share_percent",
        )
    for index, row in enumerate(investors):
        expected = row.contribution_vnd / contributed * 100 if contributed else row.share_percent
        if abs(expected - row.share_percent) > TOLERANCE:
            words = {"name": row.name, "share": figure(row.share_percent), "expected": figure(round(expected, 2))}
            yield fail(
                _(
                    "%(name)s states a share of %(share)s %%, but its amount is %(expected)s %% of the "
                    "contributed capital."
                )
                % words,
                f"investors.{index}.share_percent",
            )


@check("V4", level=Level.WARN, path="exchange_rate", clause="D96 37(6)", mark="D")
def dollars_fit_dong_at_the_stated_rate(facts: Facts) -> Iterator[Said]:
    """USD ≈ VND ÷ rate within 0.5 %, with the rate, its date and its bank."""
    registration = facts.registration
    if registration.total_capital_usd is None and registration.exchange_rate is None:
        yield fail(_("The amount in USD is not stated: give it, or the exchange rate with its date and bank."))
        return
    if not registration.exchange_rate or registration.rate_on is None or not registration.rate_bank:
        yield fail(_("Please give the exchange rate with its date and the bank that quoted it."))
        return
    wrong = False
    for name in ("total_capital", "contributed", "mobilised", "retained"):
        dong, dollars = getattr(registration, f"{name}_vnd"), getattr(registration, f"{name}_usd")
        if not dong or dollars is None:
            continue
        expected = dong / registration.exchange_rate
        if abs(dollars - expected) > expected * RATE_TOLERANCE:
            wrong = True
            words = gap(dollars, round(expected, 2), "usd") | {
                "dong": money(dong, "VND"),
                "rate": figure(registration.exchange_rate),
            }
            yield fail(
                _(
                    "%(dong)s at %(rate)s dong for 1 USD are %(wanted)s, but %(found)s is stated: a "
                    "difference of %(difference)s."
                )
                % words,
                f"{name}_usd",
            )
    if not wrong:
        yield fine(_("The amounts in USD fit the amounts in VND at the stated rate."))


@check("sum-sources", level=Level.BLOCK, path="sources", clause="D96 37(6), 37(8)")
def sources_make_up_the_mobilised_capital(facts: Facts) -> Iterator[Said]:
    """The sources sum to mobilised capital; none is needed where nothing is mobilised."""
    yield from _list_sum(
        facts,
        "sources",
        "amount_vnd",
        facts.registration.mobilised_vnd,
        _("The sources make %(found)s: that is %(difference)s less than the mobilised capital of %(wanted)s."),
        _("The sources make %(found)s: that is %(difference)s more than the mobilised capital of %(wanted)s."),
        _("The sources add up to the mobilised capital."),
    )


@check("sum-phases", level=Level.BLOCK, path="phases", clause="D96 37(8)")
def phases_make_up_the_total(facts: Facts) -> Iterator[Said]:
    """The capital of the phases sums to the total."""
    yield from _list_sum(
        facts,
        "phases",
        "capital_vnd",
        facts.registration.total_capital_vnd,
        _("The phases make %(found)s: that is %(difference)s less than the total of %(wanted)s."),
        _("The phases make %(found)s: that is %(difference)s more than the total of %(wanted)s."),
        _("The capital of the phases adds up to the total."),
    )


def _list_sum(
    facts: Facts, name: str, column: str, wanted: Decimal | None, less: str, more: str, right: str
) -> Iterator[Said]:
    stated = [getattr(row, column) for row in facts.rows(name)]
    if wanted is None or None in stated:
        yield open_(_("Whether the amounts of this list add up can be checked once all of them are there."))
        return
    found = sum(stated, ZERO)
    if found != wanted:
        words = gap(found, wanted, "vnd")
        yield fail((less if found < wanted else more) % words, f"{name}.0.{column}" if stated else name)
    else:
        yield fine(right)
