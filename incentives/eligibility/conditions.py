"""The conditions one by one: what the answers say of each, and why.

A rule (a dated row of the catalogue) says which condition is law and with which dates; the functions here only read
answers. Where the requirement itself is unsure and nobody in office has confirmed it, the authority decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incentives.eligibility.facts import Facts
from incentives.eligibility.finding import Found, in_force
from incentives.eligibility.states import State
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct

PRODUCT: Final = "product"
Verdict = tuple[State, str]


@dataclass(frozen=True)
class Asked:
    """Product and answers, and the day whose law is asked about."""

    found: Found
    facts: Facts
    on: date


Test = Callable[[Asked, PolicyRule], Verdict]


def judged(asked: Asked, rule: PolicyRule) -> Verdict:
    """What is to be said of one condition; a condition that this program cannot test is the authority's."""
    test = TESTS.get(rule.code)
    if test is None:
        return State.OFFICER_DECIDES, _("This portal cannot test it: to be confirmed by the authority.")
    return test(asked, rule)


def _product(asked: Asked, rule: PolicyRule) -> Verdict:
    found, product = asked.found, asked.found.product
    if product is not None:
        return _line(product, rule, asked.on)
    if found.matches:
        return State.EVIDENCE_MISSING, _("Several lines of the list fit “%(words)s”: choose one.") % {
            "words": found.text
        }
    if not found.text:
        return State.EVIDENCE_MISSING, _("You have not named a product.")
    return State.NOT_MET, _(
        "“%(words)s” is not on the list of %(version)s as this portal keeps it. The nearest lines are: %(lines)s. "
        "Ask the authority if you know the product by another name."
    ) % {
        "words": found.text, "version": rule.version,
        "lines": "; ".join(f"{one.code} {one.name_here}" for one in found.nearest),
    }  # fmt: skip


def _line(product: SupportedProduct, rule: PolicyRule, on: date) -> Verdict:
    said = {
        "code": product.code, "product": product.name_here, "list": product.list_version, "version": rule.version,
        "day": _day(on),
    }  # fmt: skip
    if not in_force(product, on):
        return State.NOT_MET, _("Line %(code)s, %(product)s, is not on the list of %(version)s on %(day)s.") % said
    if product.confidence == product.Confidence.UNSURE and not product.confirmed:
        return State.OFFICER_DECIDES, _(
            "Line %(code)s, %(product)s: whether the list names it in these words is to be confirmed by the authority."
        ) % said
    if product.list_version != rule.version and not product.confirmed:
        return State.MET, _(
            "Line %(code)s, %(product)s, of the list %(list)s. Its place on the list %(version)s was not checked line "
            "by line: to be confirmed by the authority."
        ) % said
    return State.MET, _("Line %(code)s, %(product)s, of the list %(version)s.") % said


def _technology(asked: Asked, rule: PolicyRule) -> Verdict:
    fresh = asked.facts.new_equipment
    if fresh is None:
        return State.EVIDENCE_MISSING, _("You have not said whether equipment and process are new.")
    if not rule.sure:
        return State.OFFICER_DECIDES, (
            _("You say that equipment and process are new. What exactly is required is to be confirmed by the "
              "authority.") if fresh else
            _("You say that equipment and process are not new. Whether that is enough is to be confirmed by the "
              "authority.")
        )  # fmt: skip
    if fresh:
        return State.MET, _("By your answer, equipment and process are new.")
    return State.NOT_MET, _("By your answer, equipment and process are not new.")


def _held(answer: bool | None, rule: PolicyRule, *, unanswered: str, absent: str) -> Verdict:
    """A paper one holds, does not hold yet, or has not spoken of."""
    if answer is None:
        return State.EVIDENCE_MISSING, unanswered
    if not answer:
        return State.EVIDENCE_MISSING, absent
    if not rule.sure:
        return State.OFFICER_DECIDES, _(
            "You hold the papers. What exactly is required is to be confirmed by the authority."
        )
    return State.MET, _("By your answer, you hold the papers.")


def _readiness(asked: Asked, rule: PolicyRule) -> Verdict:
    return _held(
        asked.facts.ready, rule, unanswered=_("You have not said whether you hold the papers of the project."),
        absent=_("The papers of the project are missing: registration, project explanation, environmental decision."),
    )  # fmt: skip


def _supplier(asked: Asked, rule: PolicyRule) -> Verdict:
    return _held(
        asked.facts.supply_evidence, rule,
        unanswered=_("You have not said whether you can show that you supply a maker of finished products."),
        absent=_("A supply contract, memorandum, purchase order or supplier approval is missing."),
    )  # fmt: skip


def _project(asked: Asked, rule: PolicyRule) -> Verdict:
    kind, fresh = asked.facts.project_type, asked.facts.new_equipment
    if kind is None:
        return State.EVIDENCE_MISSING, _("You have not said what kind of project it is.")
    if kind == "new":
        return State.MET, _("A new project.")
    if kind == "takeover":
        return State.OFFICER_DECIDES, _("Whether such a project counts as new is to be confirmed by the authority.")
    if kind == "expansion_less":
        return State.NOT_MET, _("An expansion counts from %(percent)s%% more capacity.") % {
            "percent": rule.limits["capacity_percent"]
        }
    if fresh is None:
        return State.EVIDENCE_MISSING, _("You have not said whether equipment and process are new.")
    if fresh:
        return State.MET, _("An expansion with new equipment, a new process and enough capacity.")
    return State.NOT_MET, _("An expansion counts only with new equipment and a new process.")


def _standard(asked: Asked, rule: PolicyRule) -> Verdict:
    """Made before the law's day, or up to a European or equivalent standard; shared by the two laws."""
    day = {"day": _day(date.fromisoformat(rule.limits["made_before"]))}
    made = asked.facts.made_in_vietnam
    if made is None:
        return State.EVIDENCE_MISSING, _(
            "You have not said whether the product was made in Vietnam before %(day)s and to which standard."
        ) % day
    if made == "certified" and rule.limits.get("guidance") == "missing" and not rule.confirmed:
        return State.OFFICER_DECIDES, _(
            "The product has a certificate. Which standards count as European or equivalent is to be confirmed by the "
            "authority: the ministry's guidance is not known to this portal."
        )
    state, why = STANDARDS[made]
    return state, str(why) % day


STANDARDS: Final[dict[str, tuple[State, str | Promise]]] = {
    "not_yet": (State.MET, gettext_lazy("By your answer, the product was not yet made in Vietnam on %(day)s.")),
    "certified": (State.MET, gettext_lazy("Made in Vietnam before %(day)s, with a certificate of the standard.")),
    "uncertified": (
        State.EVIDENCE_MISSING,
        gettext_lazy("Made in Vietnam before %(day)s: the certificate of the standard is missing."),
    ),
    "below_standard": (
        State.NOT_MET,
        gettext_lazy("By your answer, the product was made in Vietnam before %(day)s and does not meet the standard."),
    ),
    "no_standard": (
        State.OFFICER_DECIDES,
        gettext_lazy(
            "Made in Vietnam before %(day)s, and there is no standard for it: to be confirmed by the authority."
        ),
    ),
}
"""What each answer means under the test of the standard."""


def _unlisted(asked: Asked) -> Verdict | None:
    """The income-tax tests are about products of the list only."""
    product = asked.found.product
    if product is None and not asked.found.unlisted:
        return State.EVIDENCE_MISSING, _("You have not named a product, or not chosen its line yet.")
    if product is None or not in_force(product, asked.on):
        return State.NOT_MET, _("Only products on the list of supporting-industry products count.")
    return None


def _c1(asked: Asked, _rule: PolicyRule) -> Verdict:
    if unlisted := _unlisted(asked):
        return unlisted
    high = asked.facts.high_technology
    if high is None:
        return State.EVIDENCE_MISSING, _("You have not said whether the product is for high technology.")
    if high:
        return State.MET, _(
            "By your answer, the product is for high technology. The enterprise assesses itself; the tax authority may "
            "check."
        )
    return State.NOT_MET, _("By your answer, the product is not for high technology.")


def _c2(asked: Asked, rule: PolicyRule) -> Verdict:
    if unlisted := _unlisted(asked):
        return unlisted
    product = asked.found.product
    if product is not None and product.group not in rule.limits["groups"]:
        return State.OFFICER_DECIDES, _(
            "The line stands in the group “%(group)s”. Whether the product also belongs to one of the five sectors is "
            "to be confirmed by the authority."
        ) % {"group": product.get_group_display()}
    return _standard(asked, rule)


def _new_project(asked: Asked, _rule: PolicyRule) -> Verdict:
    kind = asked.facts.project_type
    if kind is None:
        return State.EVIDENCE_MISSING, _("You have not said what kind of project it is.")
    if kind == "takeover":
        return State.NOT_MET, _("A project from a merger, split, conversion or takeover is not a new project.")
    if kind == "new":
        return State.MET, _("A new project.")
    return State.MET, _("An expansion: it has rules of its own.")


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


TESTS: Final[dict[str, Test]] = {
    PRODUCT: _product, "technology": _technology, "readiness": _readiness, "supplier": _supplier,
    "project": _project, "standard": _standard, "c1": _c1, "c2": _c2, "new-project": _new_project,
}  # fmt: skip
"""By the code of the rule."""

QUESTIONS_OF: Final[dict[str, tuple[str, ...]]] = {
    PRODUCT: (PRODUCT,), "technology": ("new_equipment",), "readiness": ("ready",), "supplier": ("supply_evidence",),
    "project": ("project_type", "new_equipment"), "standard": ("made_in_vietnam",),
    "c1": (PRODUCT, "high_technology"), "c2": (PRODUCT, "made_in_vietnam"), "new-project": ("project_type",),
}  # fmt: skip
"""What each condition asks; one that has no answer at all can never be "not met"."""
