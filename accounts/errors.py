"""What can go wrong with people and their rights, in words a person can read."""

from __future__ import annotations


class AccountError(Exception):
    """Base of every refusal; `message` is a whole sentence in the reader's language."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotOwner(AccountError):
    """Only an Owner of the organisation, or an administrator, may do this (403)."""


class LastOwner(AccountError):
    """The organisation would be left without an Owner who can sign in (409)."""


class NotEligible(AccountError):
    """This person cannot hold this role here (409)."""


class InvitationClosed(AccountError):
    """The invitation has been answered, cancelled, or has run out (409)."""


class WrongAddress(AccountError):
    """The invitation is for an address that is not one of this person's verified ones (403)."""
