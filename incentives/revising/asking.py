"""Which drafts an address asks for, and writing what was typed into all of them."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import reverse

from accounts.models import User
from cases.errors import CaseError
from incentives.models import PolicyRule, RuleDraft, RuleRevision, SupportedProduct
from incentives.revising import acts
from incentives.revising.forms import add_faults, faults_too, row_typed

MOST_AT_ONCE: Final = 100


def number_in(text: str | None) -> int:
    """A key in an address; 0 for what is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0


Row = PolicyRule | SupportedProduct


def row_asked(asked: QueryDict) -> Row | None:
    """The rule or product from whose page somebody comes to change it."""
    rule = PolicyRule.objects.filter(pk=number_in(asked.get("rule"))).first()
    return rule or SupportedProduct.objects.filter(pk=number_in(asked.get("product"))).first()


def first_step(revision: RuleRevision, row: Row | None) -> str:
    """Where the change of a row is written: its new version, or, for a product, what happens to the line."""
    if isinstance(row, PolicyRule):
        address = reverse("admin:incentives_rulerevision_draft", args=[revision.pk])
        return f"{address}?target=rule&act=replace&row={row.pk}"
    if isinstance(row, SupportedProduct):
        return f"{reverse('admin:incentives_rulerevision_choose', args=[revision.pk])}?{urlencode({'q': row.code})}"
    return revision.get_absolute_url()


def new_drafts(asked: QueryDict, revision: RuleRevision) -> list[RuleDraft]:
    """The drafts that the address asks for, unsaved; Http404 for what there is not."""
    act, target = asked.get("act", ""), asked.get("target", "")
    if act not in RuleDraft.Act.values or target not in RuleDraft.Target.values:
        raise Http404
    if act == RuleDraft.Act.ADD:
        return [RuleDraft(revision=revision, act=act, target=target)]
    numbers = [number_in(text) for text in asked.getlist("row")[:MOST_AT_ONCE]]
    model: Any = PolicyRule if target == RuleDraft.Target.RULE else SupportedProduct
    rows = list(model.objects.filter(pk__in=numbers).order_by("pk"))
    if not rows or (act == RuleDraft.Act.REPLACE and target == RuleDraft.Target.PRODUCT):
        raise Http404
    several = rows if act in (RuleDraft.Act.END, RuleDraft.Act.CONFIRM) else rows[:1]
    return [RuleDraft(revision=revision, act=act, target=target, **{target: row}) for row in several]


def written_all(form: Any, drafts: list[RuleDraft], revision: RuleRevision, user: User) -> bool:
    """Write what was typed into every draft, or none; what is wrong is added to the form."""
    if not form.is_valid():
        faults_too(form, drafts[0])
        return False
    try:
        with transaction.atomic():
            for draft in drafts:
                acts.write(revision, draft, by=user, row=row_typed(form, drafts[0]))
    except ValidationError as problem:
        add_faults(form, problem)
    except CaseError as problem:
        form.add_error(None, problem.message)
    return not form.errors
