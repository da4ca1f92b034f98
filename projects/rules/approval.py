"""Whether in-principle approval comes first, whether the special procedure is open, and what deposit is due."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, note, open_
from projects.deposit import deposit
from projects.money import money
from projects.routing import approval_cases, approver, special_is_open, special_refusals


def _approver_name(who: str) -> str:
    return {
        "na": _("the National Assembly"),
        "pm": _("the Prime Minister"),
        "board": _("the management board of the zone"),
        "chair": _("the Chairperson of the City People's Committee"),
    }[who]


@check("V16", level=Level.BLOCK, path="approval_number", clause="L143 24, 25")
def approval_comes_first(facts: Facts) -> Iterator[Said]:
    """The test of article 24: a project that needs in-principle approval shows it before it gets a certificate."""
    registration = facts.registration
    if registration.land_source == "state" and registration.state_land is False:
        yield fail(
            _(
                "The land is said to come from the State without auction, and also that the State is not "
                "asked for land."
            ),
            "state_land",
        )
    if registration.state_land is None or registration.land_conversion is None:
        yield open_(
            _("Whether in-principle approval is needed can be checked once the questions about land are answered.")
        )
        return
    cases = approval_cases(registration, facts.on)
    if not cases:
        yield fine(_("By the answers given, the project needs no in-principle approval."))
        return
    if registration.special_procedure and special_is_open(registration, facts.on):
        yield fine(_("Under the special procedure no in-principle approval is needed."))
        return
    names = "; ".join(f"{case.name(get_language() or 'vi')} ({case.article})" for case in cases)
    words = {"who": _approver_name(approver(registration, cases)), "cases": names}
    if registration.approval_number and registration.approval_on:
        yield note(_("The project falls under %(cases)s; the in-principle approval of %(who)s is stated.") % words)
    else:
        yield fail(
            _(
                "Before its certificate the project needs the in-principle approval of %(who)s, because "
                "of: %(cases)s. "
                "Please give its number and date, or correct the answers."
            )
            % words
        )


@check("V17", level=Level.BLOCK, path="special_procedure", clause="L143 28; D96 46")
def special_procedure_is_open(facts: Facts) -> Iterator[Said]:
    """The special procedure: only in the listed zones, not for the excluded cases, and with all three commitments."""
    registration = facts.registration
    if not registration.special_procedure:
        yield fine(_("The special investment procedure is not asked for."))
        return
    refused = special_refusals(registration, facts.on)
    if registration.location != "zone" or facts.zone is None:
        yield fail(
            _("The special procedure is only for projects in an industrial park, economic zone or another listed zone.")
        )
    elif refused:
        names = "; ".join(case.name(get_language() or "vi") for case in refused)
        yield fail(
            _("The special procedure is not possible for this project here, because of: %(cases)s.") % {"cases": names}
        )
    elif not special_is_open(registration, facts.on):
        yield fail(
            _("In a high-tech park the project must meet the criteria of high-technology activity."),
            "high_tech_criteria",
        )
    elif registration.commitment_accepted is False:
        yield fail(
            _("Without the undertaking to meet the conditions the special procedure is not possible."),
            "commitment_accepted",
        )
    else:
        yield fine(_("The special procedure is open to this project."))


@check("V19", level=Level.INFO, path="deposit_reduction", clause="L143 30; D96 26, 27")
def deposit_is_reckoned(facts: Facts) -> Iterator[Said]:
    """What the deposit would be; a reduction is for the office to confirm and never reckoned in by itself."""
    registration, total = facts.registration, facts.registration.total_capital_vnd
    due = registration.state_land or registration.land_conversion
    if not due or registration.land_source in ("auction", "transfer"):
        yield fine(_("No deposit: the State is not asked to allocate or lease land, or to allow conversion."))
        return
    if total is None:
        yield open_(_("The deposit can be reckoned once the total capital is there."))
        return
    base = max(total - (registration.land_cost_vnd or Decimal(0)), Decimal(0))
    words = {"amount": money(deposit(base).amount, "VND"), "base": money(base, "VND")}
    yield note(
        _("On %(base)s (the capital without land costs) the deposit is %(amount)s before any reduction.") % words
    )
    if registration.deposit_reduction:
        yield open_(
            _("Whether the deposit is reduced by %(percent)s %% is confirmed by the office.")
            % {"percent": registration.deposit_reduction}
        )
