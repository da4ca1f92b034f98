"""People and companies for tests, made the way the portal makes them."""

import base64
import hmac
import struct
import time
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client

from accounts import people
from accounts.models import Membership, Organisation, User
from accounts.tax_code import check_digit

PASSWORD = "correct horse battery"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
Role = Membership.Role
numbers = count(1)


def visitor() -> Client:
    """A browser whose owner reads English; the tests compare the sentences of the sources."""
    return Client(headers={"accept-language": "en"})


def person(email: str = "", **fields) -> User:
    """Somebody with a verified address."""
    email = email or f"person{next(numbers)}@company.example"
    fields = {"full_name": "Somebody", "language": "en"} | fields
    user = User.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=email.lower(), verified=True, primary=True)
    return user


def official(*groups: str, **fields) -> User:
    """Somebody of the office, in these roles."""
    user = person(f"official{next(numbers)}@haiphong.example", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def tax_code() -> str:
    """A code of the right form, another one each time."""
    while True:
        first_nine = f"02{next(numbers):07d}"
        if check_digit(first_nine) < 10:
            return f"{first_nine}{check_digit(first_nine)}"


def particulars(**fields) -> dict[str, str]:
    """What a person types to register a Vietnamese company."""
    return {
        "origin": "vietnamese",
        "country": "VN",
        "name": f"Công ty TNHH Thử Nghiệm {next(numbers)}",
        "tax_code": tax_code(),
        "address": "Lô CN1, Khu công nghiệp Đình Vũ, Hải Phòng",
        "representative_name": "Nguyễn Văn A",
    } | fields


def company(owner: User, **fields) -> Organisation:
    """A company that `owner` has registered."""
    organisation = Organisation(**particulars(**fields))
    organisation.full_clean()
    return people.found(organisation, owner)


def consultant(organisation: Organisation, owner: User, until, *roles: str) -> User:
    """Somebody from outside who acts under a letter until that day."""
    someone = person()
    letter = people.Authority(until, ContentFile(PDF, name="letter.pdf"))
    for role in roles or (Role.PREPARER,):
        people.add_role(organisation, someone, role, owner, reason="letter", authority=letter)
    return someone


def second_factor(user: User) -> tuple[str, list[str]]:
    """Switch the second factor on; its secret and the recovery codes."""
    secret = base64.b32encode(f"secret-of-{user.pk:010d}".encode()).decode()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user)
    return secret, codes.get_unused_codes()


def totp(secret: str, *, shift: int = 0) -> str:
    """The code an authenticator app shows (RFC 6238), `shift` periods of 30 seconds from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + shift)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
