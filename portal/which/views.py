"""The questionnaire: one question a page, everything in the address, nothing stored."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import ANYONE, open_to
from cases.views.door import page_errors
from portal.which.address import Asked, read
from portal.which.answer import result
from portal.which.going_on import going_on
from portal.which.tree import MOST, Question, Walk
from projects.routing import STATE_LAND, features


@open_to(ANYONE)
@require_safe
def which(request: HttpRequest) -> HttpResponse:
    """The next question, or the result; an answer that was just given leads to the plain address of what follows."""
    asked = read(request.GET)
    found = asked.walk()
    moves_on = found.question is None or asked.asked != found.question.code
    if asked.asked and moves_on and not asked.wrong_day:
        return redirect(asked.url(_answers(asked, found)))
    if found.question is not None:
        return _question_page(request, asked, found, found.question)
    return _result_page(request, asked, found)


def _answers(asked: Asked, found: Walk) -> dict[str, str]:
    """The answers that count; while a question is open, also those that stand behind it, for they may count again."""
    return found.answers if found.question is None else {**asked.answers, **found.answers}


def _question_page(request: HttpRequest, asked: Asked, found: Walk, question: Question) -> HttpResponse:
    language = get_language() or "vi"
    missing = asked.asked == question.code and not asked.answers.get(question.code)
    errors = _errors(asked, missing=missing, wrong=found.wrong)
    chosen = asked.answers.get(question.code, "")
    others = {code: answer for code, answer in asked.answers.items() if code != question.code}
    shown: dict[str, Any] = {
        "question": question, "title": question.text(language), "help": question.help(language),
        "choices": [(choice.code, choice.text(language, asked.on)) for choice in
                    question.open_choices(found.given, asked.on)],
        "chosen": chosen, "others": others, "on": asked.on if asked.dated else None,
        "number": len(found.steps) + 1, "most": MOST, "back_url": _back(asked, found),
        "cases": _cases(language) if question.lists_cases else (),
    } | page_errors(errors)  # fmt: skip
    status = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return render(request, "which/question.html", shown, status=status)


def _result_page(request: HttpRequest, asked: Asked, found: Walk) -> HttpResponse:
    language = get_language() or "vi"
    answer = result(found.given, asked.on)
    errors = _errors(asked, missing=False, wrong=False)
    shown: dict[str, Any] = {
        "found": answer, "steps": [
            (step.question.text(language), step.choice.text(language, asked.on),
             asked.url(found.answers, at=step.question.code)) for step in found.steps
        ],
        "next": going_on(answer, request.user), "answers": found.answers,
        "back_url": _back(asked, found), "address": request.build_absolute_uri(asked.url(found.answers)),
    } | page_errors(errors)  # fmt: skip
    return render(request, "which/result.html", shown, status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK)


def _errors(asked: Asked, *, missing: bool, wrong: bool) -> list[dict[str, Any]]:
    """What is wrong, each with the id of its field."""
    found = []
    if missing:
        found.append(("choice-1", _("Please choose one of the answers.")))
    if wrong:
        found.append(("choice-1", _("This answer is not open here. Please choose one of these.")))
    if asked.wrong_day:
        found.append(("", _("The day of the law could not be read: today's law is shown.")))
    return [{"id": field, "label": "", "message": sentence} for field, sentence in found]


def _back(asked: Asked, found: Walk) -> str:
    """The question before, with its answer ticked; the front page before the first."""
    if not found.steps:
        return reverse("home")
    return asked.url(_answers(asked, found), at=found.steps[-1].question.code)


def _cases(language: str) -> list[tuple[str, str]]:
    """The cases of article 24 in words, each with its number."""
    return [(case.article, case.name(language)) for case in (STATE_LAND, *features().values())]
