"""A petition: a subject, an amount and a place."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from cases.findings import Finding, Level, Outcome
from cases.models import Dossier
from cases.sheet import Part, Row


class Petition(Dossier):
    """What a company petitions for. Amounts in USD."""

    subject = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=20, decimal_places=2, null=True, blank=True)
    in_zone = models.BooleanField(default=True)
    granted_on = models.DateField(null=True, blank=True)
    effective_number = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "fourth_kind"

    def __str__(self) -> str:
        return self.subject

    def title(self) -> str:
        return self.subject

    def amount_usd(self) -> Decimal | None:
        return self.amount

    def procedure_code(self) -> str:
        return "petition"

    def authority_code(self) -> str:
        return "HEZA" if self.in_zone else "DOF"

    def findings(self, on: date) -> list[Finding]:
        del on
        missing = [
            Finding("missing", Level.BLOCK, Outcome.MUST_FIX, "subject", path, message)
            for path, value, message in (
                ("subject", self.subject, "Please say what you petition for."),
                ("amount", self.amount, "Please give the amount."),
            )
            if not value
        ]
        return missing or [Finding("P1", Level.BLOCK, Outcome.PASSED, "subject", "subject", "The subject is given.")]

    def sheet(self) -> list[Part]:
        rows = (
            Row("subject", "Subject", self.subject),
            Row("amount", "Amount (USD)", str(self.amount or "")),
            Row("in_zone", "Inside a zone", "yes" if self.in_zone else "no"),
        )
        return [Part("subject", "Subject and amount", rows)]

    def as_data(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "amount": None if self.amount is None else f"{self.amount:.2f}",
            "in_zone": self.in_zone,
        }

    def grant(self, *, by: User, at: datetime) -> None:
        del by
        self.granted_on = at.date()
        self.save(update_fields=["granted_on"])

    def certificate_content(self) -> dict[str, Any]:
        def text(vi: str, en: str) -> dict[str, str]:
            return {"vi": vi, "en": en}

        return {
            "title": text("VĂN BẢN CHẤP THUẬN KIẾN NGHỊ", "APPROVAL OF A PETITION"),
            "subject": text(self.subject, self.subject),
            "bases": [text("Luật Đầu tư số 143/2025/QH15", "Law on Investment No. 143/2025/QH15")],
            "request": text("kiến nghị của doanh nghiệp", "the company's petition"),
            "parties": [{"heading": text("Doanh nghiệp", "Company"), "name": self.case.organisation.name, "rows": []}],
            "articles": [
                {
                    "heading": text("Nội dung", "Content"),
                    "clauses": [{"label": text("Kiến nghị", "Petition"), "value": text(self.subject, self.subject)}],
                }
            ],
        }

    def take_effect(self, *, certificate_number: str, project_code: str, on: date, by: User | None) -> None:
        del project_code, on, by
        self.effective_number = certificate_number
        self.save(update_fields=["effective_number"])
