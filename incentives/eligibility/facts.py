"""The questions, their possible answers, and what somebody answered; every one of them may stay open."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
YES_NO: Final[tuple[tuple[bool | str, Words], ...]] = ((True, _("Yes")), (False, _("No")))


@dataclass(frozen=True)
class Question:
    """A question with the answers it takes; `core` ones decide the certificate and the income-tax tests."""

    name: str
    label: Words
    choices: tuple[tuple[bool | str, Words], ...] = YES_NO
    help: Words = ""
    core: bool = True

    @property
    def yes_or_no(self) -> bool:
        """Whether it is answered by yes or no."""
        return self.choices is YES_NO


QUESTIONS: Final = (
    Question(
        "new_equipment", _("Are the equipment and the process new, and can you show it?"),
        help=_("Contracts, customs declarations, year of make."),
    ),
    Question(
        "ready", _("Do you hold the papers of the project?"),
        help=_("Enterprise or investment registration, project explanation, environmental decision."),
    ),
    Question(
        "supply_evidence", _("Can you show that you supply a maker of finished products?"),
        help=_("A supply contract, memorandum, purchase order or supplier approval."),
    ),
    Question(
        "high_technology", _("Is the product for high technology under the High-Technology Law?"),
    ),
    Question(
        "made_in_vietnam", _("Is the product made in Vietnam already, and to which standard?"),
        (
            ("not_yet", _("Not yet made in Vietnam on the day the law names")),
            ("certified", _("Made in Vietnam; it has a certificate of a European or equivalent standard")),
            ("uncertified", _("Made in Vietnam; there is a standard but no certificate yet")),
            ("below_standard", _("Made in Vietnam; it does not meet the standard")),
            ("no_standard", _("Made in Vietnam; there is no such standard for it")),
        ),
        _("The law names the day that counts; the answer shows it."),
    ),
    Question(
        "project_type", _("What kind of project is it?"),
        (
            ("new", _("A new project, first or independent")),
            ("expansion_20", _("An expansion or renewal with at least 20% more capacity")),
            ("expansion_less", _("An expansion or renewal with less than 20% more capacity")),
            ("takeover", _("From a merger, split, conversion, or the takeover of an old business")),
        ),
    ),
    Question(
        "place", _("Where does the project stand?"),
        (
            ("ftz", _("Free-trade zone")),
            ("ez", _("Economic zone")),
            ("park", _("Industrial park or cluster")),
            ("other", _("Elsewhere in the city")),
        ),
        core=False,
    ),
    Question("state_land", _("Is the land leased from the State itself?"),
             help=_("Not sub-leased from the developer of a park."), core=False),
    Question(
        "size", _("How large is the enterprise?"),
        (("sme", _("Micro, small or medium-sized")), ("large", _("Larger"))),
        _("Medium-sized: up to 200 insured staff, and revenue up to VND 200 billion or capital up to 100 billion."),
        core=False,
    ),
)  # fmt: skip
"""In the order in which they are asked."""

BY_NAME: Final = {question.name: question for question in QUESTIONS}


@dataclass(frozen=True)
class Facts:
    """The answers; None is a question not answered, which never speaks against anybody."""

    new_equipment: bool | None = None
    ready: bool | None = None
    supply_evidence: bool | None = None
    high_technology: bool | None = None
    made_in_vietnam: str | None = None
    project_type: str | None = None
    place: str | None = None
    state_land: bool | None = None
    size: str | None = None

    @classmethod
    def of(cls, answers: dict[str, Any]) -> Facts:
        """From checked answers by name; what is not there, empty or of no question is left open."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: answers[name] for name in names if answers.get(name) not in (None, "")})
