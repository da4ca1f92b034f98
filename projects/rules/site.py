"""The site: what the city sets for its use, and a place that fits the zone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.findings import Level
from projects.checking import Facts, Said, check, fail, fine, open_
from projects.money import money
from projects.thresholds import in_force


@check("V20", level=Level.WARN, path="land_area_m2", clause="D96 39(3d)", mark="U")
def land_is_used_well(facts: Facts) -> Iterator[Said]:
    """The city's minimum capital per hectare, where it has set one; Hai Phong's figure was not found."""
    registration = facts.registration
    rule = next(iter(in_force("capital_density", facts.on)), None)
    if rule is None or rule["min_capital_vnd_per_ha"] is None:
        yield open_(
            _("No minimum capital per hectare or number of workers of the city is entered: the office checks it.")
        )
        return
    total, land = registration.total_capital_vnd, registration.land_area_m2
    if not land or total is None:
        yield open_(_("The capital per hectare can be checked once total capital and land area are there."))
        return
    density = total / (land / 10_000)
    words = {"found": money(round(density), "VND"), "wanted": money(Decimal(rule["min_capital_vnd_per_ha"]), "VND")}
    if density < rule["min_capital_vnd_per_ha"]:
        yield fail(_("The project invests %(found)s per hectare; the city asks for at least %(wanted)s.") % words)
    else:
        yield fine(_("The project invests %(found)s per hectare; at least %(wanted)s are asked for.") % words)


@check("site", level=Level.WARN, path="built_area_m2", clause="D96 32(1d)", mark="D")
def buildings_fit_the_land(facts: Facts) -> Iterator[Said]:
    """The built-up area cannot be larger than the land."""
    land, built = facts.registration.land_area_m2, facts.registration.built_area_m2
    if land is None or built is None:
        return
    if built > land:
        yield fail(_("The built-up area is larger than the land."))
    else:
        yield fine(_("The built-up area fits on the land."))


@check("zone-state", level=Level.WARN, path="zone", clause="L143 27", mark="D")
def zone_takes_projects(facts: Facts) -> Iterator[Said]:
    """A zone that is only planned takes no projects yet."""
    if facts.zone is None:
        return
    if facts.zone.state == "planned":
        yield fail(
            _("The zone is only planned as far as the system knows: please check that it takes projects already.")
        )
    else:
        yield fine(_("The zone takes projects."))
