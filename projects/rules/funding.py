"""What the capital is for and how large it must be: uses, charter capital, own capital, special incentives."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, note, open_
from projects.money import figure, money
from projects.rules.capital import ZERO, amount, gap
from projects.thresholds import in_force


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
        yield fail(
            _("The uses of the capital make %(found)s; the total is %(wanted)s, a difference of %(difference)s.")
            % gap(found, total, "vnd")
        )
    else:
        yield fine(_("The uses of the capital add up to the total."))


@check("V7", level=Level.INFO, path="charter_capital_vnd", clause="D96 72(5)")
def charter_capital_may_differ(facts: Facts) -> Iterator[Said]:
    """Charter capital need not equal the capital contributed to the project: said, never held against anyone."""
    charter, contributed = facts.registration.charter_capital_vnd, facts.registration.contributed_vnd
    if charter is None or contributed is None:
        return
    if charter != contributed:
        yield note(
            _("Charter capital is %(found)s and contributed capital %(wanted)s: they need not be equal.")
            % gap(charter, contributed, "vnd")
        )
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
        yield fail(
            _(
                "For real estate on %(land)s ha own capital should be at least %(wanted)s %% of the total; "
                "here it is "
                "%(share)s %%."
            )
            % words
        )
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
    words = {
        "years": rule["years"],
        "needed": money(rule["disbursed_vnd"], "VND"),
        "size": money(rule["total_vnd"], "VND"),
        "total": money(total, "VND"),
        "disbursed": money(disbursed, "VND"),
    }
    if total < rule["total_vnd"]:
        yield fail(
            _("Special incentives of this kind begin at a total of %(size)s; the total here is %(total)s.") % words
        )
    if disbursed < rule["disbursed_vnd"]:
        yield fail(
            _("At least %(needed)s must be disbursed within %(years)s years; %(disbursed)s is planned.") % words,
            "disbursed_in_time_vnd",
        )
    if total >= rule["total_vnd"] and disbursed >= rule["disbursed_vnd"]:
        yield note(
            _("Milestone to be watched: %(needed)s disbursed within %(years)s years from the certificate.") % words
        )
