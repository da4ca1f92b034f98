"""What a report states, as plain values: read from a report, written onto one, prefilled, and what is missing in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from incentives.dossier.reading import asked_on
from incentives.grants.models import ApprovedProduct, IncentiveGrant
from incentives.grants.reports import VALUES, AnnualReport, ReportedCondition, ReportedOutput
from incentives.policies import PolicyRule

MAY_BE_EMPTY: Final = frozenset({"changes", "equipment"})
PARTS_OF_REVENUE: Final = ("products_revenue_vnd", "export_vnd")


@dataclass(frozen=True)
class Answer:
    """Whether a condition was kept; None while nobody has said."""

    kept: bool | None = None
    explanation: str = ""


@dataclass(frozen=True)
class Statement:
    """Figures and texts by name, output by approved product (its number), answers by condition (its code)."""

    values: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[int, Decimal | None] = field(default_factory=dict)
    conditions: Mapping[str, Answer] = field(default_factory=dict)

    def only(self, products: Collection[int], codes: Collection[str]) -> Statement:
        """Without rows of products and conditions that an earlier version of the certificate had."""
        outputs = {number: output for number, output in self.outputs.items() if number in products}
        return Statement(
            self.values, outputs, {code: self.conditions[code] for code in codes if code in self.conditions}
        )

    @property
    def failed(self) -> tuple[str, ...]:
        """The codes of the conditions that were not kept."""
        return tuple(code for code, answer in self.conditions.items() if answer.kept is False)


def conditions_of(grant: IncentiveGrant) -> list[PolicyRule]:
    """The conditions of the certificate under the law it was applied for (1 query)."""
    on = asked_on(grant.application)
    found = PolicyRule.objects.in_force(on).filter(kind=PolicyRule.Kind.CERTIFICATE_CONDITION)
    return list(found.order_by("position", "code"))


def statement_of(report: AnnualReport) -> Statement:
    """What a report states now (2 queries)."""
    return Statement(
        {name: getattr(report, name) for name in VALUES},
        dict(report.outputs.values_list("product", "output")),
        {row.code: Answer(row.kept, row.explanation) for row in report.conditions.all()},
    )


def stated(report: AnnualReport, grant: IncentiveGrant) -> Statement:
    """What a report states, with its outputs on the products of this version of the certificate.

    Outputs follow the line of the list where an adjustment has made new rows of the products.
    """
    whole = statement_of(report)
    by_line = {row.product.product_id: row.output for row in report.outputs.select_related("product").order_by("pk")}
    outputs = {row.pk: whole.outputs.get(row.pk, by_line.get(row.product_id)) for row in grant.products.all()}
    return Statement(whole.values, outputs, whole.conditions)


def prefilled(grant: IncentiveGrant, last: AnnualReport | None) -> Statement:
    """What a new report begins with: last year's figures, else the application's; conditions are answered anew."""
    if last is None:
        return _from_application(grant)
    known = stated(last, grant)
    return Statement({**known.values, "changes": ""}, known.outputs)


def _from_application(grant: IncentiveGrant) -> Statement:
    application = grant.application
    values = {
        "revenue_vnd": application.revenue_vnd, "income_vnd": application.yearly_income_vnd,
        "employees": application.insured_staff, "equipment": application.equipment,
    }  # fmt: skip
    return Statement(values, {product.pk: None for product in grant.products.all()})


def write(report: AnnualReport, told: Statement) -> None:
    """Put a statement onto a report, rows and all; what it does not name stays."""
    for name, value in told.values.items():
        if name in VALUES:
            setattr(report, name, value)
    report.version += 1
    report.save()
    for product, output in told.outputs.items():
        ReportedOutput.objects.update_or_create(report=report, product_id=product, defaults={"output": output})
    for code, answer in told.conditions.items():
        ReportedCondition.objects.update_or_create(
            report=report, code=code, defaults={"kept": answer.kept, "explanation": answer.explanation}
        )


def strangers(told: Statement, products: Collection[int], codes: Collection[str]) -> list[str]:
    """Products and conditions that the certificate knows nothing of."""
    return [
        *(str(number) for number in told.outputs if number not in products),
        *(code for code in told.conditions if code not in codes),
    ]


def gaps(told: Statement, products: Iterable[int], codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Everything that keeps a report from being filed: field and sentence; fields of rows as `outputs.7`."""
    for name in VALUES:
        if name not in MAY_BE_EMPTY and told.values.get(name) is None:
            yield name, _("Please answer this; write 0 if there was nothing.")
    revenue = told.values.get("revenue_vnd")
    for name in PARTS_OF_REVENUE:
        part = told.values.get(name)
        if revenue is not None and part is not None and part > revenue:
            yield name, _("This is more than the total revenue.")
    for number in products:
        if told.outputs.get(number) is None:
            yield f"outputs.{number}", _("Please state the output; write 0 if nothing was made.")
    for code in codes:
        answer = told.conditions.get(code, Answer())
        if answer.kept is None:
            yield f"conditions.{code}", _("Please say whether this condition was kept.")
        elif answer.kept is False and not answer.explanation.strip():
            yield f"explanations.{code}", _("Please explain what was not kept, since when, and what you do about it.")


def snapshot(told: Statement, products: Mapping[int, ApprovedProduct]) -> dict[str, Any]:
    """The statement as it is kept for good: decimals as strings, products named with their line of the list."""
    return {
        "values": {name: _plain(told.values.get(name)) for name in VALUES},
        "outputs": [
            {"id": number, "product": f"{product.product.code}@{product.product.list_version}", "name": product.name,
             "unit": product.unit, "output": _plain(told.outputs.get(number))}
            for number, product in products.items()
        ],
        "conditions": [
            {"code": code, "kept": answer.kept, "explanation": answer.explanation}
            for code, answer in told.conditions.items()
        ],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return format(value, "f") if isinstance(value, Decimal) else value
