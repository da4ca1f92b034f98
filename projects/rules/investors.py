"""Who asks: the form that fits the investor, and papers that are still valid."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, note, open_
from projects.rules.schedule import shown


@check("V12", level=Level.BLOCK, path="applicant", clause="L143 20(1), 26")
def applicant_fits_the_investors(facts: Facts) -> Iterator[Said]:
    """A certificate is for foreign investors and organisations with more than half foreign capital; others may "
    "ask."""
    applicant, investors = facts.registration.applicant, facts.rows("investors")
    if not applicant or not investors:
        yield open_(_("Whether a certificate is needed can be checked once the applicant and the investors are given."))
        return
    foreign = [row for row in investors if row.country and row.country.code != "VN"]
    owned = [row for row in investors if (row.foreign_share_percent or 0) > 50]
    if applicant == "foreign" and not foreign:
        yield fail(_("The applicant is said to be a foreign investor, but every investor listed is from Viet Nam."))
    elif applicant == "foreign_owned" and not owned and not foreign:
        yield fail(
            _("No investor listed has more than half foreign capital: please check who asks for the certificate.")
        )
    elif applicant == "domestic" and (foreign or owned):
        yield fail(_("The applicant is said to be domestic, but an investor listed is foreign or foreign-owned."))
    elif applicant == "domestic":
        yield note(_("A domestic project needs no certificate; it is issued because the investor asks for it."))
    else:
        yield fine(_("An investment registration certificate is what this investor needs."))


@check("V23", level=Level.WARN, path="investors", clause="D96 2, 5")
def identity_papers_are_valid(facts: Facts) -> Iterator[Said]:
    """Passports that have run out are named; copies and translations are for the office to see."""
    expired = False
    for index, row in enumerate(facts.rows("investors")):
        people = (("id_expires_on", row.name), ("representative_id_expires_on", row.representative_name))
        for column, name in people:
            until = getattr(row, column)
            if until and until < facts.on:
                expired = True
                words = {"name": name, "day": shown(until)}
                yield fail(
                    _("The identity paper of %(name)s ran out on %(day)s.") % words, f"investors.{index}.{column}"
                )
    if not expired and facts.rows("investors"):
        yield fine(_("No identity paper of an investor or representative has run out."))
    yield open_(_("Whether copies are certified and foreign papers translated is checked by the office."))
