"""Reading an application: its lists, its answers as plain data, and as the eligibility engine takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django_countries.fields import Country

from incentives.dossier.choices import EnvironmentPaper, ProjectType
from incentives.dossier.outline import FIELDS, LISTS
from incentives.dossier.sizing import size_of
from incentives.eligibility.facts import Facts
from projects.capital import totals

if TYPE_CHECKING:
    from incentives.dossier.models import Good, IncentiveApplication

ENOUGH_MORE: Final = Decimal("1.2")
"""From so much more capacity on the questions call an expansion one of 20 per cent."""


def rows(application: IncentiveApplication, name: str) -> list[Any]:
    """The rows of one list; the first call fetches both lists and the lines of the list of products."""
    if name not in getattr(application, "_prefetched_objects_cache", {}):
        prefetch_related_objects([application], "goods__product", "buyers")
    return list(getattr(application, name).all())


def asked_on(application: IncentiveApplication) -> date:
    """The day the dossier was handed in; today for a draft."""
    return timezone.localtime(application.case.submitted_at or timezone.now()).date()


def capital_usd(application: IncentiveApplication) -> Decimal | None:
    """The project's capital by its chain, in USD."""
    project = application.project
    return totals(project)["total_usd"] if project is not None else None


def search_words(application: IncentiveApplication) -> Sequence[str]:
    """What an official may look for besides the title."""
    project, found = application.project, [application.licence_number]
    if project is not None:
        found += [project.code or "", project.national_code, project.name_en]
    if application.pk:
        found += [f"{good.name} {good.product.code if good.product else ''}" for good in rows(application, "goods")]
    return found


# --- as the eligibility engine reads it -----------------------------------------------------------------------------
def product_text(application: IncentiveApplication) -> str:
    """The code of the first product with a line of the list; else what the first one is called."""
    goods = rows(application, "goods")
    chosen = next((good for good in goods if good.product_id), goods[0] if goods else None)
    return text_of(chosen) if chosen else ""


def text_of(good: Good) -> str:
    """What the engine looks for: the line's code, or the words where no line was chosen."""
    return good.product.code if good.product else good.name


def facts(application: IncentiveApplication) -> Facts:
    """The answers, with those of the first product."""
    return facts_of(application, next(iter(rows(application, "goods")), None))


def facts_of(application: IncentiveApplication, good: Good | None) -> Facts:
    """The answers about the project and about one product."""
    return Facts.of({
        "new_equipment": application.new_equipment,
        "ready": _ready(application),
        "supply_evidence": any(buyer.evidence for buyer in rows(application, "buyers")) or None,
        "high_technology": good.high_technology if good else None,
        "made_in_vietnam": good.made_in_vietnam if good else None,
        "project_type": _type(application),
        "place": application.place,
        "state_land": application.state_land,
        "size": size_of(application),
    })  # fmt: skip


def _ready(application: IncentiveApplication) -> bool | None:
    """Whether the papers of the project are held; None while that is not said."""
    held = (application.registration_held, application.brief_held, environment_held(application))
    if False in held:
        return False
    return True if all(held) else None


def environment_held(application: IncentiveApplication) -> bool | None:
    """Whether the environmental paper is there, or none is needed."""
    if not application.environment_paper:
        return None
    return application.environment_paper == EnvironmentPaper.EXEMPT or bool(application.environment_number)


def _type(application: IncentiveApplication) -> str:
    """The kind of project as the questions know it; an expansion by how much capacity it adds."""
    if application.project_type != ProjectType.EXPANSION:
        return application.project_type
    before, after = application.capacity_before, application.capacity_after
    if not before or after is None:
        return ""
    return "expansion_20" if after >= before * ENOUGH_MORE else "expansion_less"


# --- as plain data --------------------------------------------------------------------------------------------------
def as_data(application: IncentiveApplication) -> dict[str, Any]:
    """The whole dossier: decimals as strings, dates ISO, codes instead of objects; lists in their order."""
    data = {name: plain(application, name) for name in FIELDS}
    for name, columns in LISTS.items():
        data[name] = [{column: plain(row, column) for column in columns} for row in rows(application, name)]
    return data


def plain(instance: models.Model, name: str) -> Any:
    """One answer."""
    given = getattr(instance, name)
    if isinstance(given, Decimal):
        return f"{given:.{getattr(instance._meta.get_field(name), 'decimal_places', 0)}f}"
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, Country):
        return given.code or ""
    if isinstance(given, models.Model):
        return code_of(given)
    return given


def code_of(instance: models.Model) -> str:
    """How programs name it: a project by its code, a grant by its number, a line of the list by code and version."""
    if hasattr(instance, "number"):
        return str(instance.number)
    code, version = str(getattr(instance, "code", "")), str(getattr(instance, "list_version", ""))
    return f"{code}@{version}" if version else code
