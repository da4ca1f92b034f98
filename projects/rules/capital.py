"""Capital that adds up: total, parts, investors, sources, phases, rate. Amounts are named, never just "invalid"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, note, open_
from projects.money import figure, money
from projects.thresholds import in_force

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
        yield fine(_("The investors' contributions add up to the contributed capital, and their shares to 100 %."))


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
            "The investors contribute %(found)s: that is %(difference)s more than the contributed capital of %(wanted)s."
        )
    )
    yield fail(text % words, f"investors.0.contribution_{currency}")


def _shares(facts: Facts) -> Iterator[Said]:
    investors, contributed = facts.rows("investors"), facts.registration.contributed_vnd
    total = sum((row.share_percent for row in investors), ZERO)
    if abs(total - 100) > TOLERANCE:
        yield fail(_("The shares add up to %(total)s %%, not to 100 %%.") % {"total": figure(total)},
                   "investors.0.share_percent")  # fmt: skip
    for index, row in enumerate(investors):
        expected = row.contribution_vnd / contributed * 100 if contributed else row.share_percent
        if abs(expected - row.share_percent) > TOLERANCE:
            words = {"name": row.name, "share": figure(row.share_percent), "expected": figure(round(expected, 2))}
            yield fail(_("%(name)s states a share of %(share)s %%, but its amount is %(expected)s %% of the contributed capital.")
                       % words, f"investors.{index}.share_percent")  # fmt: skip


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
            yield fail(_("%(dong)s at %(rate)s dong for 1 USD are %(wanted)s, but %(found)s is stated: a difference of %(difference)s.")
                       % words, f"{name}_usd")  # fmt: skip
    if not wrong:
        yield fine(_("The amounts in USD fit the amounts in VND at the stated rate."))


@check("sum-sources", level=Level.BLOCK, path="sources", clause="D96 37(6), 37(8)")
def sources_make_up_the_mobilised_capital(facts: Facts) -> Iterator[Said]:
    """The sources sum to mobilised capital; none is needed where nothing is mobilised."""
    yield from _list_sum(
        facts, "sources", "amount_vnd", facts.registration.mobilised_vnd,
        _("The sources make %(found)s: that is %(difference)s less than the mobilised capital of %(wanted)s."),
        _("The sources make %(found)s: that is %(difference)s more than the mobilised capital of %(wanted)s."),
        _("The sources add up to the mobilised capital."),
    )  # fmt: skip


@check("sum-phases", level=Level.BLOCK, path="phases", clause="D96 37(8)")
def phases_make_up_the_total(facts: Facts) -> Iterator[Said]:
    """The capital of the phases sums to the total."""
    yield from _list_sum(
        facts, "phases", "capital_vnd", facts.registration.total_capital_vnd,
        _("The phases make %(found)s: that is %(difference)s less than the total of %(wanted)s."),
        _("The phases make %(found)s: that is %(difference)s more than the total of %(wanted)s."),
        _("The capital of the phases adds up to the total."),
    )  # fmt: skip


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


@check("use-of-capital", level=Level.WARN, path="working_capital_vnd", clause="D96 32(1d)", mark="D")
def uses_make_up_the_total(facts: Facts) -> Iterator[Said]:
    """Land, construction, equipment, contingency and working capital sum to the total where they are stated."""
    registration, total = facts.registration, facts.registration.total_capital_vnd
    names = ("land_cost_vnd", "construction_cost_vnd", "equipment_cost_vnd", "contingency_vnd", "working_capital_vnd")
    if total is None or all(getattr(registration, name) is None for name in names):
        yield note(_("What the capital is used for is not stated."))
        return
    found = sum((amount(registration, name) for name in names), ZERO)
    if found != total:
        yield fail(_("The uses of the capital make %(found)s; the total is %(wanted)s, a difference of %(difference)s.")
                   % gap(found, total, "vnd"))  # fmt: skip
    else:
        yield fine(_("The uses of the capital add up to the total."))


@check("V7", level=Level.INFO, path="charter_capital_vnd", clause="D96 72(5)")
def charter_capital_may_differ(facts: Facts) -> Iterator[Said]:
    """Charter capital need not equal the capital contributed to the project: said, never held against anyone."""
    charter, contributed = facts.registration.charter_capital_vnd, facts.registration.contributed_vnd
    if charter is None or contributed is None:
        return
    if charter != contributed:
        yield note(_("Charter capital is %(found)s and contributed capital %(wanted)s: they need not be equal.")
                   % gap(charter, contributed, "vnd"))  # fmt: skip
    else:
        yield fine(_("Charter capital equals the contributed capital."))


@check("V18", level=Level.WARN, path="contributed_vnd", clause="LKDBDS 9(2c)")
def real_estate_needs_own_capital(facts: Facts) -> Iterator[Said]:
    """Real-estate business: own capital at least 20 % of the total below 20 ha of land, 15 % from there."""
    registration = facts.registration
    if not any(line.vsic_code.startswith("68") for line in facts.rows("objectives")):
        yield fine(_("No real-estate business: no minimum share of own capital applies."))
        return
    total, contributed, land = registration.total_capital_vnd, registration.contributed_vnd, registration.land_area_m2
    if not total or contributed is None or land is None:
        yield open_(
            _("The share of own capital can be checked once total, contributed capital and land area are there.")
        )
        return
    hectares = land / 10_000
    rule = next(
        row for row in in_force("own_capital", facts.on) if row["below_ha"] is None or hectares < row["below_ha"]
    )
    share = contributed / total * 100
    words = {"share": figure(round(share, 2)), "wanted": figure(rule["percent"]), "land": figure(round(hectares, 2))}
    if share < rule["percent"]:
        yield fail(_("For real estate on %(land)s ha own capital should be at least %(wanted)s %% of the total; here it is "
                     "%(share)s %%.") % words)  # fmt: skip
    else:
        yield fine(_("Own capital is %(share)s %% of the total; at least %(wanted)s %% are needed.") % words)


@check("V26", level=Level.WARN, path="special_incentive", clause="L143 17; D96 21(1)")
def special_incentives_need_their_size(facts: Facts) -> Iterator[Said]:
    """Special incentives: total and disbursement thresholds; the milestones are kept for the duties."""
    registration = facts.registration
    if not registration.special_incentive:
        return
    rule = next(
        (row for row in in_force("special_incentives", facts.on) if row["code"] == registration.special_incentive), None
    )
    total, disbursed = registration.total_capital_vnd, registration.disbursed_in_time_vnd
    if rule is None or total is None or disbursed is None:
        yield open_(_("The conditions of the special incentives can be checked once the amounts are there."))
        return
    words = {"years": rule["years"], "needed": money(rule["disbursed_vnd"], "VND"), "size": money(rule["total_vnd"], "VND"),
             "total": money(total, "VND"), "disbursed": money(disbursed, "VND")}  # fmt: skip
    if total < rule["total_vnd"]:
        yield fail(
            _("Special incentives of this kind begin at a total of %(size)s; the total here is %(total)s.") % words
        )
    if disbursed < rule["disbursed_vnd"]:
        yield fail(_("At least %(needed)s must be disbursed within %(years)s years; %(disbursed)s is planned.") % words,
                   "disbursed_in_time_vnd")  # fmt: skip
    if total >= rule["total_vnd"] and disbursed >= rule["disbursed_vnd"]:
        yield note(
            _("Milestone to be watched: %(needed)s disbursed within %(years)s years from the certificate.") % words
        )
