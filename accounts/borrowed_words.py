"""Sentences of allauth that our pages show as they are, named here so that they are translated with ours.

allauth brings no Vietnamese. Everything else it would say is said in our own words: see `adapter`, `signin_forms` and
the templates.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

BORROWED: Final = (
    gettext_noop("You must type the same password each time."),
    gettext_noop("Use your password"),
    gettext_noop("Use authenticator app or code"),
)
