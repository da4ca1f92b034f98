"""The catalogue as it stands and as a revision would make it, and a fingerprint of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from incentives.eligibility.facts import QUESTIONS, Facts
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.judging import Law
from incentives.revising.models import RuleDraft, RuleRevision
from incentives.revising.past import PastCase
from incentives.revising.rows import Row, check, written


@dataclass(frozen=True)
class Catalogue:
    """Every row of every day."""

    rules: Sequence[PolicyRule]
    products: Sequence[SupportedProduct]

    @classmethod
    def kept(cls) -> Catalogue:
        """What is in force, was, and will be (2 queries)."""
        return cls(list(PolicyRule.objects.order_by("pk")), list(SupportedProduct.objects.order_by("pk")))

    def on(self, day: date) -> Law:
        """The law of a day."""
        return Law.of(self.rules, self.products, day)

    def with_drafts(self, drafts: Iterable[RuleDraft], effective_on: date) -> Catalogue:
        """A copy in which the drafts are written."""
        there: list[Row] = [*self.rules, *self.products]
        rows: dict[tuple[type[Row], Any], Row] = {(type(row), row.pk): row for row in there}
        for number, draft in enumerate(drafts):
            done = written(draft, effective_on)
            if done.changed is not None:
                rows[type(done.changed), done.changed.pk] = done.changed
            if done.added is not None:
                rows[type(done.added), ("new", number)] = done.added
        return Catalogue(
            [row for row in rows.values() if isinstance(row, PolicyRule)],
            [row for row in rows.values() if isinstance(row, SupportedProduct)],
        )


def drafts_of(revision: RuleRevision) -> list[RuleDraft]:
    """The drafts that count, with their rows (1 query)."""
    return list(revision.drafts.filter(dropped=False).select_related("rule", "product").order_by("pk"))


@dataclass(frozen=True)
class Compared:
    """A revision with its two laws on its day, and the fingerprint of all that went into them."""

    drafts: Sequence[RuleDraft]
    kept: Catalogue
    old: Law
    new: Law
    digest: str


_last: Compared | None = None
"""What this process compared last: the next chunk of a replay finds the products it has looked up."""


def compared(revision: RuleRevision) -> Compared:
    """Both laws of the revision's day (3 queries); raises ValidationError for a draft whose row cannot be built."""
    global _last
    drafts, kept = drafts_of(revision), Catalogue.kept()
    mark, last = digest_of(revision, drafts, kept), _last
    if last is not None and last.digest == mark:
        return last
    old = kept.on(revision.effective_on)
    new = kept.with_drafts(drafts, revision.effective_on).on(revision.effective_on)
    if not any(draft.target == RuleDraft.Target.PRODUCT for draft in drafts):
        new = old.with_rules(new)
    _last = Compared(drafts, kept, old, new, mark)
    return _last


def digest_of(revision: RuleRevision, drafts: Iterable[RuleDraft], kept: Catalogue) -> str:
    """A fingerprint of day, drafts and the whole catalogue: it changes with anything a replay rests on."""
    rows = [
        [getattr(row, field.attname) for field in row._meta.concrete_fields] for row in (*kept.rules, *kept.products)
    ]
    lines = [[one.pk, one.act, one.target, one.rule_id, one.product_id, one.row] for one in drafts]
    text = json.dumps([revision.effective_on, lines, rows], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def faults(revision: RuleRevision) -> list[str]:
    """What is wrong with the drafts now, in words; the catalogue may have moved since they were written (3 queries)."""
    return faults_among(drafts_of(revision), revision, Catalogue.kept())


def faults_among(drafts: Iterable[RuleDraft], revision: RuleRevision, kept: Catalogue) -> list[str]:
    """The same of drafts that have been read already."""
    found = ((draft, faults_of(draft, revision, kept)) for draft in drafts)
    return [f"{draft}: {' '.join(words)}" for draft, words in found if words]


def faults_of(draft: RuleDraft, revision: RuleRevision, kept: Catalogue) -> list[str]:
    """What is wrong with one of them; asks nothing of the database."""
    try:
        check(draft, revision, (*kept.rules, *kept.products))
    except ValidationError as problem:
        return problem.messages
    return []


def refuse_unworkable(law: Law) -> None:
    """Raises ValidationError if the check cannot work with these rules: dates and limits are free-form data."""
    answers: dict[str, list[Any]] = {one.name: [None, *(value for value, _words in one.choices)] for one in QUESTIONS}
    texts = ["", *{one.group: one.code for one in law.products}.values()]
    longest = max(map(len, answers.values()))
    try:
        for text in texts:
            for turn in range(longest):
                facts = Facts(**{name: values[turn % len(values)] for name, values in answers.items()})
                law.judge(PastCase(0, "", "", text, facts, law.on, ""))
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise ValidationError(
            {"limits": _("The check cannot work with this: %(problem)s. See the dates and limits of the row before.")
             % {"problem": f"{type(problem).__name__} {problem}"}}
        ) from problem  # fmt: skip
