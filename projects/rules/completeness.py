"""What is still missing: the table of required answers, each gap named with its field and its row."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.findings import Level
from projects.answers import missing
from projects.checking import Facts, Said, check, fail, fine
from projects.outline import LISTS
from projects.showing import label


@check("missing", level=Level.BLOCK, path="project_name", clause="D96 6(2), 32(1)")
def required_answers(facts: Facts) -> Iterator[Said]:
    """A dossier is valid when all fields are declared (Decree 96/2026, article 6(2))."""
    gaps = [*_missing_answers(facts), *_approval_question(facts)]
    yield from gaps
    if not gaps:
        yield fine(_("Every required answer is there."))


def _missing_answers(facts: Facts) -> Iterator[Said]:
    for answer, path, row in missing(facts.registration):
        if answer.path in LISTS:
            model = getattr(facts.registration, answer.path).model
            what = str(model._meta.verbose_name_plural)
            yield fail(_("The list “%(list)s” is still empty.") % {"list": capfirst(what)}, path)
        elif row is not None:
            where = {"field": label(row, answer.column), "row": row._meta.verbose_name, "number": _number(path)}
            yield fail(_("“%(field)s” is missing for %(row)s %(number)s.") % where, path)
        else:
            yield fail(_("“%(field)s” is missing.") % {"field": label(facts.registration, path)}, path)


def _approval_question(facts: Facts) -> Iterator[Said]:
    registration = facts.registration
    if registration.approval_features and registration.no_approval_features:
        yield fail(
            _("Some features that call for in-principle approval are ticked, and “none applies” as well: keep one."),
            "approval_features",
        )
    elif not registration.approval_features and not registration.no_approval_features:
        yield fail(
            _("Please tick the features that call for in-principle approval, or say that none applies."),
            "approval_features",
        )


def _number(path: str) -> int:
    return int(path.split(".")[1]) + 1
