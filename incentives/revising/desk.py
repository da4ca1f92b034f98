"""What the desk's pages of a revision show."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.folding import fold
from accounts.models import User
from cases.calendar import local_date
from cases.states import Status
from incentives.eligibility.states import State
from incentives.models import PolicyRule, RuleDraft, RuleReplay, RuleReplayLine, RuleRevision, SupportedProduct
from incentives.revising.acts import may
from incentives.revising.catalogue import Catalogue, digest_of, drafts_of
from incentives.revising.comparing import compare
from incentives.revising.forms import ANSWERS, LinesForm
from incentives.revising.past import SOURCES, needed_source
from incentives.revising.publishing import begins_today, hindrances
from incentives.revising.states import ENDED, ReplayState, RevisionState

PER_PAGE: Final = 50
MOST_ROWS: Final = 100
REPLAYS_SHOWN: Final = 10
TONES: Final[dict[str, str]] = {
    RevisionState.DRAFT: "neutral", RevisionState.READY: "warn", RevisionState.PUBLISHED: "ok",
    RevisionState.DISCARDED: "neutral", ReplayState.QUEUED: "neutral", ReplayState.RUNNING: "info",
    ReplayState.DONE: "ok", ReplayState.FAILED: "danger", ReplayState.CANCELLED: "neutral",
    State.MET: "ok", State.NOT_MET: "danger", State.EVIDENCE_MISSING: "warn", State.OFFICER_DECIDES: "info",
}  # fmt: skip
ICONS: Final[dict[str, str]] = {
    "neutral": "dot",
    "warn": "clock",
    "ok": "check-circle",
    "info": "info",
    "danger": "error",
}


@dataclass(frozen=True)
class Tag:
    """A state in words, colour and sign."""

    label: str
    tone: str

    @property
    def icon(self) -> str:
        """The sign that goes with the colour."""
        return ICONS[self.tone]


def tag_of(row: RuleRevision | RuleReplay) -> Tag:
    """Where a revision or a replay stands."""
    return Tag(str(row.get_state_display()), TONES[row.state])


def state_tag(value: str) -> Tag:
    """What an answer said; an empty one means that no condition was law."""
    return Tag(str(State(value).label), TONES[value]) if value in State.values else Tag(_("No condition"), "neutral")


@dataclass(frozen=True)
class Shown:
    """A replay as its box shows it."""

    replay: RuleReplay
    tag: Tag
    cases: str
    holds: bool


def shown(replay: RuleReplay, digest: str) -> Shown:
    """With the name of its cases, and whether it holds for the draft as it is now."""
    source = SOURCES.get(replay.cases)
    return Shown(replay, tag_of(replay), str(source.label) if source else replay.cases, replay.digest == digest)


def revision_page(revision: RuleRevision, user: User) -> dict[str, Any]:
    """Its drafts compared, its replays, and what this person may do."""
    ended, kept, drafts = revision.state in ENDED, Catalogue.kept(), drafts_of(revision)
    digest = digest_of(revision, drafts, kept)
    replays = list(revision.replays.select_related("asked_by").order_by("-pk")[:REPLAYS_SHOWN])
    for draft in drafts:
        draft.revision = revision
    return {
        "revision": revision, "tag": tag_of(revision), "title": revision.title,
        "drafts": [compare(draft, kept) for draft in drafts] if not ended else [],
        "past": [(draft, sorted(draft.row.items())) for draft in drafts] if ended else [],
        "latest": shown(replays[0], digest) if replays else None,
        "earlier": [shown(one, digest) for one in replays[1:]],
        "sources": [(one.key, one.label) for one in SOURCES.values()], "needed": needed_source().key,
        "may_replay": not ended and bool(drafts) and _replays(user),
        "may": {act: may(act, user, revision) for act in ("edit", "hand_over", "send_back", "publish", "discard")},
        "waits_for_another": revision.state == RevisionState.READY and revision.drafted_by_id == user.pk,
    }  # fmt: skip


def _replays(user: User) -> bool:
    return user.has_perm("incentives.add_rulerevision") or user.has_perm("incentives.publish_rulerevision")


def publish_page(revision: RuleRevision, user: User) -> dict[str, Any]:
    """What will happen, and everything that stands against it."""
    today = local_date()
    return revision_page(revision, user) | {
        "against": hindrances(revision, today), "today": begins_today(revision, today),
    }  # fmt: skip


def choosing_page(revision: RuleRevision, words: str) -> dict[str, Any]:
    """Rows that a draft may be about: those in force now or later, found by words."""
    live = Q(valid_to__isnull=True) | Q(valid_to__gte=local_date())
    rules = PolicyRule.objects.filter(live)
    for word in words.split()[:8]:
        rules = rules.filter(
            Q(code__icontains=word)
            | Q(name_vi__icontains=word)
            | Q(name_en__icontains=word)
            | Q(version__icontains=word)
        )
    products = SupportedProduct.objects.filter(live)
    for word in fold(words).split()[:8]:
        products = products.filter(search_text__contains=word)
    return {
        "revision": revision, "words": words, "most": MOST_ROWS, "title": revision.title,
        "rules": list(rules.order_by("kind", "position", "code")[:MOST_ROWS]),
        "products": list(products.order_by("code")[:MOST_ROWS]),
    }  # fmt: skip


# --- the differences --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ShownLine:
    """A line with its states as tags."""

    line: RuleReplayLine
    before: Tag
    after: Tag
    tax_before: Tag
    tax_after: Tag
    outcome: str
    changes: Sequence[dict[str, Any]]


def shown_line(line: RuleReplayLine) -> ShownLine:
    """As it is read."""
    changes = [
        change | {"was_tag": _change_tag(change, "before"), "now_tag": _change_tag(change, "after")}
        for change in line.changes_here
    ]
    return ShownLine(
        line,
        state_tag(line.before),
        state_tag(line.after),
        state_tag(line.tax_before),
        state_tag(line.tax_after),
        outcome_of(line),
        changes,
    )


def outcome_of(line: RuleReplayLine) -> str:
    """What became of the case, in words."""
    return str(Status(line.outcome).label) if line.outcome in Status.values else line.outcome


def _change_tag(change: dict[str, Any], side: str) -> Tag:
    if change["part"] == "condition":
        return state_tag(change[side])
    return Tag(_("Offered"), "ok") if change[side] else Tag(_("Not offered"), "neutral")


def replay_page(replay: RuleReplay, asked: Any) -> dict[str, Any]:
    """Sums, filters and one page of the differences; pages go on by the last line's number."""
    form = LinesForm(asked, codes_of(replay))
    found = replay.lines.filter(**form.conditions()).order_by("pk")
    after = asked.get("line", "")[:18]
    rows = list(found.filter(pk__gt=int(after) if after.isdecimal() else 0)[: PER_PAGE + 1])
    kept = {name: value for name, value in asked.items() if name != "line" and value}
    digest = digest_of(replay.revision, drafts_of(replay.revision), Catalogue.kept())
    return {
        "revision": replay.revision, "shown": shown(replay, digest), "replay": replay, "form": form,
        "sums": _sums(replay), "lines": [shown_line(row) for row in rows[:PER_PAGE]],
        "first_url": f"?{urlencode(kept)}" if after else "",
        "next_url": f"?{urlencode(kept | {'line': rows[PER_PAGE - 1].pk})}" if len(rows) > PER_PAGE else "",
        "csv_query": urlencode(kept), "title": replay.revision.title,
    }  # fmt: skip


def codes_of(replay: RuleReplay) -> dict[str, str]:
    """The rules a difference can be due to: the drafted ones and those of the first lines."""
    codes = dict.fromkeys(
        code
        for found in replay.lines.order_by().values_list("codes", flat=True).distinct()[:200]
        for code in found.strip(",").split(",")
    )
    return {code: code for code in sorted(codes)}


def _sums(replay: RuleReplay) -> list[dict[str, Any]]:
    """How many go from which answers to which, the most first (1 query)."""
    names = ("weight", *ANSWERS)
    found = replay.lines.order_by().values(*names).annotate(count=Count("pk")).order_by("-count", *names)[:PER_PAGE]
    return [
        {name: state_tag(row[name]) for name in ANSWERS}
        | {"count": row["count"], "weight": RuleReplayLine.Weight(row["weight"]).label,
           "query": urlencode({name: row[name] for name in names if row[name]})}
        for row in found
    ]  # fmt: skip


class _Row:
    """What the csv module writes to; hands the line on instead of keeping it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def csv_lines(lines: QuerySet[RuleReplayLine]) -> Iterator[str]:
    """One line for each changed rule of each case, read in portions; a spreadsheet never takes a cell for a formula."""
    writer = csv.writer(_Row())
    yield "\ufeff" + writer.writerow([
        _("Case"), _("Name"), _("Product"), _("Asked on"), _("Decided then"), _("How it differs"),
        _("Certificate before"), _("Certificate after"), _("Income tax before"), _("Income tax after"), _("Rule"),
        _("Rule before"), _("Rule after"), _("Why before"), _("Why after"),
    ])  # fmt: skip
    for line in lines.order_by("pk").iterator(chunk_size=500):
        read = shown_line(line)
        head = [
            line.reference, line.label, line.product_text, line.asked_on.isoformat(), read.outcome,
            line.get_weight_display(), read.before.label, read.after.label, read.tax_before.label, read.tax_after.label,
        ]  # fmt: skip
        for change in read.changes:
            cells = [f"{change['code']} {change['name']}", change["was_tag"].label, change["now_tag"].label]
            yield writer.writerow([_cell(str(cell)) for cell in [*head, *cells, change["was"], change["now"]]])


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def draft_title(draft: RuleDraft, rows: Sequence[Any]) -> str:
    """What the page of a draft is called."""
    said = {"act": draft.get_act_display(), "target": draft.get_target_display(), "count": len(rows)}
    if draft.act == RuleDraft.Act.ADD:
        return _("%(act)s: %(target)s") % said
    codes = ", ".join(row.code for row in rows[:8])
    return f"{draft.get_act_display()}: {codes}{' …' if len(rows) > 8 else ''}"
