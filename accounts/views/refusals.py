"""Domain words become an answer here, once: 403, or a sentence on the page the person came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.errors import AccountError, NotOwner

Rest = ParamSpec("Rest")
Page = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def told(back_to: str) -> Callable[[Page[Rest]], Page[Rest]]:
    """Turn a refusal of `accounts.people` into a message on the page `back_to`, and NotOwner into 403."""

    def around(view: Page[Rest]) -> Page[Rest]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotOwner as refusal:
                raise PermissionDenied(refusal.message) from refusal
            except AccountError as refusal:
                messages.error(request, refusal.message)
                return redirect(back_to)

        return answer

    return around
