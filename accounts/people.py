"""Who works for an organisation: inviting, accepting, giving and taking roles. Every act is written to the rights log.

All acts on one organisation are serialised by a lock on its row, so two Owners cannot remove each other at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import InvitationClosed, LastOwner, NotEligible, NotOwner, WrongAddress
from accounts.models import Invitation, Membership, MembershipEvent, Organisation, User

Act = MembershipEvent.Act
Role = Membership.Role


@dataclass(frozen=True)
class Authority:
    """A consultant's authority letter: the file (may be absent in demo data) and its last day."""

    until: date
    letter: Any = ""

    def as_fields(self) -> dict[str, Any]:
        """The columns of a membership or an invitation."""
        return {"is_consultant": True, "authority_until": self.until, "authority_letter": self.letter}


@transaction.atomic
def found(organisation: Organisation, by: User) -> Organisation:
    """Register the organisation; whoever does so is its Owner and Signer.

    Raises NotEligible for an official.
    """
    _refuse_official(by)
    organisation.save()
    _log(organisation, Act.FOUNDED, by.email, by)
    for role in (Role.OWNER, Role.SIGNER):
        _give(organisation, by, role, by)
    return organisation


@transaction.atomic
def invite(
    organisation: Organisation, email: str, role: str, by: User, *, language: str, authority: Authority | None = None
) -> Invitation:
    """Offer a role to an address; an earlier open offer of the same role to it is replaced.

    Raises NotOwner, and NotEligible if somebody with this address holds the role already or a consultant would own.
    """
    _lock(organisation)
    require_owner(organisation, by)
    address = email.strip().lower()
    _refuse_consultant_owner(role, authority)
    known = _person_at(address)
    if known and Membership.objects.filter(organisation=organisation, user=known, role=role).exists():
        raise NotEligible(_("This person holds this role already."))
    for earlier in Invitation.objects.filter(organisation=organisation, email=address, role=role, state="pending"):
        _close(earlier, Invitation.State.CANCELLED, by)
    fields = authority.as_fields() if authority else {}
    invitation = Invitation.objects.create(
        organisation=organisation, email=address, role=role, invited_by=by, language=language, **fields
    )
    _log(organisation, Act.INVITED, address, by, role, _letter_facts(invitation))
    return invitation


@transaction.atomic
def cancel_invitation(invitation: Invitation, by: User) -> None:
    """Take an offer back. Raises NotOwner, InvitationClosed."""
    locked = _open_invitation(invitation)
    require_owner(locked.organisation, by)
    _close(locked, Invitation.State.CANCELLED, by)
    _log(locked.organisation, Act.CANCELLED, locked.email, by, locked.role)


@transaction.atomic
def accept(invitation: Invitation, by: User) -> Membership:
    """Take the offered role. Raises InvitationClosed, WrongAddress, NotEligible (officials)."""
    locked = _open_invitation(invitation)
    require_invited(locked, by)
    _refuse_official(by)
    _close(locked, Invitation.State.ACCEPTED, by)
    return _give(locked.organisation, by, locked.role, by, authority_of(locked))


@transaction.atomic
def decline(invitation: Invitation, by: User) -> None:
    """Say no to an offer. Raises InvitationClosed, WrongAddress."""
    locked = _open_invitation(invitation)
    require_invited(locked, by)
    _close(locked, Invitation.State.DECLINED, by)
    _log(locked.organisation, Act.DECLINED, locked.email, by, locked.role)


@transaction.atomic
def set_roles(
    organisation: Organisation,
    person: User,
    roles: Iterable[str],
    by: User,
    *,
    reason: str = "",
    authority: Authority | None = None,
) -> None:
    """Let the person hold exactly these roles; none of them means that the person leaves.

    New roles fall under the given authority letter, or under the one the person acts under already.
    Raises NotOwner, NotEligible, LastOwner.
    """
    _lock(organisation)
    require_owner(organisation, by)
    wanted = {str(Role(role)) for role in roles}
    held = {row.role: row for row in Membership.objects.filter(organisation=organisation, user=person)}
    gained, lost = sorted(wanted - set(held)), sorted(set(held) - wanted)
    if gained:
        _refuse_official(person)
    letter = authority or _letter_of(held.values())
    for role in gained:
        _refuse_consultant_owner(role, letter)
        _give(organisation, person, role, by, letter, reason)
    for role in lost:
        _take(held[role], by, reason)
    if Role.OWNER in lost:
        _require_an_owner(organisation)


def add_role(
    organisation: Organisation, person: User, role: str, by: User, *, reason: str, authority: Authority | None = None
) -> Membership:
    """Give one more role, as `set_roles` does."""
    held = set(Membership.objects.filter(organisation=organisation, user=person).values_list("role", flat=True))
    set_roles(organisation, person, held | {role}, by, reason=reason, authority=authority)
    return Membership.objects.get(organisation=organisation, user=person, role=role)


def remove_role(membership: Membership, by: User, *, reason: str) -> None:
    """Take one role away, as `set_roles` does."""
    rows = Membership.objects.filter(organisation=membership.organisation, user=membership.user)
    kept = set(rows.exclude(pk=membership.pk).values_list("role", flat=True))
    set_roles(membership.organisation, membership.user, kept, by, reason=reason)


@transaction.atomic
def file_letter(organisation: Organisation, person: User, authority: Authority, by: User) -> None:
    """Put a new authority letter in place for every role the person holds here under a letter.

    Raises NotOwner, and NotEligible if the person is not a consultant of the organisation.
    """
    _lock(organisation)
    require_owner(organisation, by)
    rows = list(Membership.objects.filter(organisation=organisation, user=person, is_consultant=True))
    if not rows:
        raise NotEligible(_("This person does not act under an authority letter here."))
    first, *others = rows
    first.authority_letter, first.authority_until = authority.letter, authority.until
    first.save()
    for row in others:
        row.authority_letter, row.authority_until = first.authority_letter.name, first.authority_until
        row.save()
    _log(organisation, Act.LETTER_FILED, person.email, by, "", _letter_facts(first))


def authority_of(invitation: Invitation) -> Authority | None:
    """The letter that an invitation carries."""
    if not invitation.is_consultant or invitation.authority_until is None:
        return None
    return Authority(invitation.authority_until, invitation.authority_letter.name)


def require_owner(organisation: Organisation, by: User) -> None:
    """Refuse everybody but an Owner of the organisation and an administrator. Raises NotOwner."""
    if by.is_staff and by.has_perm("accounts.add_membership"):
        return
    rows = Membership.objects.filter(organisation=organisation, user=by)
    if by.is_staff or not rows.owners().exists():
        raise NotOwner(_("Only an Owner of the company may do this."))


def require_invited(invitation: Invitation, by: User) -> None:
    """Refuse a person none of whose verified addresses is the invited one. Raises WrongAddress."""
    if not EmailAddress.objects.filter(user=by, email__iexact=invitation.email, verified=True).exists():
        raise WrongAddress(
            _("This invitation is for %(address)s, which is not an address of your account.")
            % {"address": masked(invitation.email)}
        )


def masked(email: str) -> str:
    """An address with all but its first letter hidden: a***@x.vn."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


def _give(
    organisation: Organisation, person: User, role: str, by: User, authority: Authority | None = None, reason: str = ""
) -> Membership:
    fields = authority.as_fields() if authority else {}
    membership, created = Membership.objects.get_or_create(
        organisation=organisation, user=person, role=role, defaults=fields
    )
    if created:
        details = _letter_facts(membership) | ({"reason": reason} if reason else {})
        _log(organisation, Act.GRANTED, person.email, by, role, details)
    return membership


def _take(membership: Membership, by: User, reason: str) -> None:
    details = _letter_facts(membership) | ({"reason": reason} if reason else {})
    _log(membership.organisation, Act.REMOVED, membership.user.email, by, membership.role, details)
    membership.delete()


def _require_an_owner(organisation: Organisation) -> None:
    if not Membership.objects.filter(organisation=organisation).owners().exists():
        raise LastOwner(_("A company needs an Owner: give the role to someone else first."))


def _letter_of(rows: Iterable[Membership]) -> Authority | None:
    """The letter a person acts under already; for one who works for the company itself there is none."""
    for row in rows:
        if row.is_consultant and row.authority_until:
            return Authority(row.authority_until, row.authority_letter.name)
    return None


def _refuse_official(person: User) -> None:
    if person.is_staff:
        raise NotEligible(_("An official cannot act for a company."))


def _refuse_consultant_owner(role: str, authority: Authority | None) -> None:
    if authority and role == Role.OWNER:
        raise NotEligible(_("A consultant from outside cannot be the Owner."))


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _open_invitation(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open(timezone.now()):
        raise InvitationClosed(_("This invitation has been answered, was taken back, or has run out."))
    return locked


def _close(invitation: Invitation, state: str, by: User) -> None:
    invitation.state, invitation.answered_by, invitation.answered_at = state, by, timezone.now()
    invitation.save()


def _person_at(address: str) -> User | None:
    found_address = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return found_address.user if found_address else None


def _letter_facts(row: Membership | Invitation) -> dict[str, Any]:
    """What the log keeps of a letter: which file it was, and until when it was good."""
    if not row.is_consultant or row.authority_until is None:
        return {}
    facts: dict[str, Any] = {"authority_until": row.authority_until.isoformat()}
    if row.authority_letter:
        facts |= {"letter": row.authority_letter.name, "sha256": _sha256(row.authority_letter)}
    return facts


def _sha256(file: File[bytes]) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        for chunk in stream.chunks():
            digest.update(chunk)
    return digest.hexdigest()


def _log(
    organisation: Organisation, act: str, email: str, by: User, role: str = "", data: dict[str, Any] | None = None
) -> None:
    MembershipEvent.objects.create(organisation=organisation, act=act, email=email, role=role, by=by, data=data or {})
