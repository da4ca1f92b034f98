"""Collecting sentences, also those called `_now`: the sentence at once, in modules where `_` is the lazy one."""

from __future__ import annotations

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]
