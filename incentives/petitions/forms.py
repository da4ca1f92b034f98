"""What officials write about a petition; the acts check it as a whole, here it only becomes values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cases.calendar import local_date
from cases.errors import Invalid
from incentives.petitions.acts import WORDS, Answer
from incentives.petitions.adopting import Decision
from incentives.petitions.models import Petition, PetitionProject
from incentives.petitions.proposals import named
from incentives.products import SupportedProduct
from projects.fields import DayInput
from projects.models import Project
from projects.register import LICENSED

CODE: Final = re.compile(r"\d{2,5}")
MANY: Final = 500
"""Projects that are ticked one by one; a page with more boxes could not be sent."""
ALL: Final = 0
LONG: Final = forms.Textarea({"rows": 4})


class ActForm(forms.Form):
    """A form whose act may refuse."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def take_over(self, problem: Invalid) -> None:
        """The act's refusals beside the fields they are about."""
        for name, sentences in problem.errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


class LinesField(forms.ModelMultipleChoiceField[SupportedProduct]):
    """Lines of the list, each with its code, its version and its name in the reader's language."""

    def label_from_instance(self, line: Any) -> str:
        """TEX-02 (L2015): Synthetic and man-made fibres."""
        return f"{line.code} ({line.list_version}): {line.name_here}"


def lines_field(label: Any, help_text: Any = "", *, required: bool) -> LinesField:
    """Boxes to tick, one a line of the list."""
    return LinesField(SupportedProduct.objects.order_by("list_version", "code"), label=label, required=required,
                      help_text=help_text, widget=forms.CheckboxSelectMultiple)  # fmt: skip


class PetitionForm(forms.ModelForm[Petition]):
    """The words of a draft."""

    class Meta:
        model = Petition
        fields = (*WORDS, "listed")
        widgets = dict.fromkeys(("asked_vi", "asked_en", "today_vi", "today_en", "words"), LONG)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["listed"] = lines_field(_("Lines of the list today"), required=False)

    def clean_sectors(self) -> str:
        """The codes with single commas between them."""
        codes = [code.strip() for code in self.cleaned_data["sectors"].split(",") if code.strip()]
        wrong = [code[:20] for code in codes if not CODE.fullmatch(code)]
        if wrong:
            raise ValidationError(
                _now("These are no VSIC codes of 2 to 5 digits: %(codes)s.") % {"codes": ", ".join(wrong)}
            )
        return ", ".join(codes)

    def words(self) -> dict[str, Any]:
        """What the act writes."""
        return {name: self.cleaned_data[name] for name in WORDS}


class EvidenceForm(ActForm):
    """A reason, its source, and a file where there is one."""

    text_vi = forms.CharField(label=_("Evidence in Vietnamese"), max_length=4000, widget=LONG)
    text_en = forms.CharField(label=_("Evidence in English"), max_length=4000, widget=LONG, required=False)
    source = forms.CharField(label=_("Source"), max_length=400)
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("PDF, JPG, PNG, XLSX or DOCX, up to 50 MB. Only officials read it."),
    )  # fmt: skip


class SendForm(ActForm):
    """To whom, and on which day."""

    sent_to = forms.CharField(label=_("Sent to"), max_length=300)
    sent_on = forms.DateField(label=_("Sent on"), widget=DayInput, initial=local_date)


class AnswerForm(ActForm):
    """What came back."""

    outcome = forms.ChoiceField(
        label=_("What the answer says"),
        choices=[("answered", _("An answer, neither yes nor no")), ("declined", _("The petition is declined"))],
    )  # fmt: skip
    text_vi = forms.CharField(label=_("Answer in Vietnamese"), max_length=8000, widget=LONG)
    text_en = forms.CharField(label=_("Answer in English"), max_length=8000, widget=LONG)
    by = forms.CharField(label=_("Answered by"), max_length=300)
    answered_on = forms.DateField(label=_("Answered on"), widget=DayInput)

    def told(self) -> Answer:
        """What was written down."""
        said = self.cleaned_data
        return Answer(said["text_vi"], said["text_en"], said["by"], said["answered_on"], said["outcome"] == "declined")


class WithdrawForm(ActForm):
    """Why it is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=LONG)


class ProjectsForm(ActForm):
    """Codes of projects put by hand; proposals and removals are boxes beside it."""

    codes = forms.CharField(
        label=_("Other projects, by code"), required=False, max_length=2000,
        help_text=_("For example DA-000012, DA-000345."),
    )  # fmt: skip

    def clean_codes(self) -> list[Project]:
        """The projects with these codes; a code that is none of the register is named."""
        codes = [code.upper() for code in re.split(r"[,;\s]+", self.cleaned_data["codes"]) if code]
        found = {project.code: project for project in Project.objects.published().filter(code__in=codes)}
        missing = [code[:20] for code in codes if code not in found]
        if missing:
            raise ValidationError(_now("The register has no project %(codes)s.") % {"codes": ", ".join(missing)})
        return [found[code] for code in codes]


class AdoptForm(ActForm):
    """Lines of one version of the list, the day, and which projects may apply now."""

    lines = lines_field(_("Lines of the list that adopt it"), _("All of one version of the list."), required=True)
    adopted_on = forms.DateField(label=_("Adopted on"), widget=DayInput, initial=local_date)
    projects = forms.TypedMultipleChoiceField(
        label=_("Projects that may apply now"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, petition: Petition, rows: Iterable[PetitionProject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.project_id, str(row.project)) for row in rows if row.project.state in LICENSED]
        self.numbers = [number for number, _label in choices]
        if len(choices) > MANY:
            together = _now("All %(n)s projects; take single ones out beforehand") % {"n": len(choices)}
            choices = [(ALL, together)]
        self.fields["projects"].choices = choices  # type: ignore[attr-defined]
        self.fields["projects"].initial = [number for number, _label in choices]
        today, lines = local_date(), self.fields["lines"]
        usable = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
        lines.queryset = SupportedProduct.objects.filter(usable).order_by("-list_version", "code")  # type: ignore[attr-defined]
        fitting = ", ".join(fitting_lines(petition, lines.queryset))  # type: ignore[attr-defined]
        if fitting:
            lines.help_text = _now("All of one version of the list. By their words these fit: %(codes)s.") % {
                "codes": fitting,
            }  # fmt: skip

    def decision(self) -> Decision:
        """What was decided."""
        said = self.cleaned_data
        projects = self.numbers if ALL in said["projects"] else said["projects"]
        lines: Sequence[SupportedProduct] = list(said["lines"])
        return Decision(tuple(lines), said["adopted_on"], frozenset(projects))


def fitting_lines(petition: Petition, lines: Iterable[SupportedProduct]) -> list[str]:
    """Codes of the lines whose name holds a phrase of the petition, for the eye only: nothing is ticked by itself."""
    return [line.code for line in lines if named(petition.phrases, f"{line.name_vi} ; {line.name_en}")]
