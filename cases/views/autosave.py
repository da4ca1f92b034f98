"""A section saves itself while one types: what can be read is kept, what cannot is named."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import INVESTOR, open_to
from cases import merging
from cases.drafting import editing, open_paths
from cases.errors import CaseError
from cases.kinds import Section
from cases.models import Case
from cases.views.door import here, own_case, posted_version
from cases.views.sections import seen_by, topic_of


@open_to(INVESTOR)
@require_POST
def autosave(request: HttpRequest, reference: str, key: str) -> JsonResponse:
    """Save what can be read, name what cannot; never overwrites somebody else's answer."""
    case = own_case(request, reference)
    topic = topic_of(case, key)
    try:
        saved, skipped = _write_readable(request, case, topic)
    except merging.Conflict:
        words = _("Not saved: somebody else changed the same answers. Press “Save” to compare both.")
        return JsonResponse({"message": words}, status=HTTPStatus.CONFLICT)
    except CaseError as error:
        return JsonResponse({"message": error.message}, status=HTTPStatus.CONFLICT)
    at = date_format(timezone.localtime(), "H:i")
    message = _("Saved at %(time)s.") % {"time": at}
    if skipped:
        message = _("Saved at %(time)s, except what cannot be read yet: %(sentences)s") % {
            "time": at, "sentences": " ".join(dict.fromkeys(sentence for _id, sentence in skipped)),
        }  # fmt: skip
    return JsonResponse(
        {
            "saved_at": at,
            "message": message,
            # A page that does not show somebody else's answers stays at the version it was made from.
            "version": posted_version(request) if saved.kept_theirs else case.version,
            "seen": merging.pack(saved.seen or merging.look(case.dossier, topic)),
            "skipped": [{"id": element, "message": sentence} for element, sentence in skipped],
        }
    )


def _write_readable(request: HttpRequest, case: Case, topic: Section) -> tuple[merging.Saved, list[tuple[str, str]]]:
    """Save everything; where something cannot be read, save the rest."""
    skipped: list[tuple[str, str]] = []
    with editing(case, by=here(request).user) as locked:
        paths, seen = open_paths(locked), seen_by(request, locked)
        try:
            saved = merging.write(topic, locked, request.POST, seen=seen, open_paths=paths)
        except merging.Unreadable as error:
            skipped = error.form.error_list
            rest = merging.readable_paths(error.form, request.POST, paths)
            before = merging.unpack(request.POST.get("seen", ""))
            saved = merging.write(topic, locked, request.POST, seen=seen or before, open_paths=rest)
            now = saved.seen or merging.look(merging.fresh(locked), topic)
            left_out = {path: before.get(path, "") for path in now if not merging.is_open(rest, path)}
            saved = merging.Saved(now | left_out, saved.kept_theirs)
    return saved, skipped
