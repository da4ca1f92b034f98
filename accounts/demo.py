"""The demo's people and companies. The companies' names are real and public; every other particular is made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import people, roles
from accounts.models import VIET_NAM, Membership, Organisation, User
from accounts.tax_code import check_digit

PASSWORD: Final = "haiphong-demo"  # noqa: S105 - public on purpose, refused outside the demo
DOMAIN: Final = "demo.example"
Role = Membership.Role


class DemoPeople(TypedDict):
    """People by the first part of their address, companies by a short key."""

    people: dict[str, User]
    organisations: dict[str, Organisation]


@dataclass(frozen=True)
class Person:
    """A demo account; `group` is set for officials."""

    key: str
    full_name: str
    job_title: str
    language: str
    group: str = ""


@dataclass(frozen=True)
class Company:
    """A demo company: the name is public, `number` makes a tax code of the right form that nobody was given."""

    key: str
    name: str
    short_name: str
    number: int


PEOPLE: Final = (
    Person("investor", "Kim Min-jun (demo)", "Finance Manager", "en"),
    Person("consultant", "Trần Thu Hà (demo)", "Chuyên viên tư vấn đầu tư", "vi"),
    Person("desk", "Nguyễn Thị Lan (demo)", "Cán bộ một cửa", "vi", roles.DESK_OFFICER),
    Person("appraiser", "Phạm Văn Đức (demo)", "Chuyên viên thẩm định", "vi", roles.APPRAISER),
    Person("signer", "Lê Quang Vinh (demo)", "Phó Trưởng ban", "vi", roles.SIGNER),
    Person("statistician", "Đỗ Minh Anh (demo)", "Chuyên viên thống kê", "vi", roles.STATISTICIAN),
    Person("admin", "Vũ Thành Nam (demo)", "Quản trị hệ thống", "vi", roles.ADMINISTRATOR),
)
COMPANIES: Final = (
    Company("lg-innotek", "LG Innotek Vietnam Hai Phong Co., Ltd", "LG Innotek Hai Phong", 9_900_001),
    Company("bridgestone", "Bridgestone Tire Manufacturing Vietnam LLC", "Bridgestone Vietnam", 9_900_002),
    Company("kyocera", "Kyocera Document Technology Vietnam Co., Ltd", "Kyocera Vietnam", 9_900_003),
    Company("ohsung", "Ohsung Vina Co., Ltd", "Ohsung Vina", 9_900_004),
)
CONSULTED: Final = ("lg-innotek", "bridgestone", "kyocera")
ENDED: Final = "ohsung"
REASON: Final = "demo data"
LETTER: Final = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 58>>stream
BT /F1 18 Tf 72 760 Td (DEMO: authority letter, no value) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


@transaction.atomic
def create_demo_people() -> DemoPeople:
    """Make the seven accounts and their companies, or find them; running it again changes nothing.

    Raises ImproperlyConfigured outside the demo: the password is public.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo accounts have a public password: they are made only with DEMO=1.")
    persons = {person.key: _person(person) for person in PEOPLE}
    companies = {company.key: _company(company) for company in COMPANIES}
    _give_roles(persons, companies)
    return {"people": persons, "organisations": companies}


def _person(person: Person) -> User:
    email = f"{person.key}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(
            email,
            PASSWORD,
            full_name=person.full_name,
            job_title=person.job_title,
            language=person.language,
            is_staff=bool(person.group),
        )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    return user


def _company(company: Company) -> Organisation:
    known = Organisation.objects.filter(tax_code=demo_tax_code(company.number)).first()
    if known:
        return known
    organisation = Organisation(
        name=company.name,
        short_name=company.short_name,
        origin=Organisation.Origin.VIETNAMESE,
        country=VIET_NAM,
        tax_code=demo_tax_code(company.number),
        address="Lô DEMO, Khu công nghiệp Tràng Duệ, Hải Phòng",
        phone="+84 225 000 0000",
        email=f"{company.key}@{DOMAIN}",
        representative_name="Park Seo-yeon (demo)",
        representative_title="General Director",
    )
    organisation.full_clean()
    organisation.save()
    return organisation


def _give_roles(persons: dict[str, User], companies: dict[str, Organisation]) -> None:
    investor, consultant, admin = persons["investor"], persons["consultant"], persons["admin"]
    if not Membership.objects.filter(user=investor).exists():
        people.set_roles(companies["lg-innotek"], investor, {Role.OWNER, Role.SIGNER}, admin, reason=REASON)
    year = timezone.localdate().year
    ends = dict.fromkeys(CONSULTED, date(year + 1, 12, 31)) | {ENDED: date(year - 1, 12, 31)}
    for key, until in ends.items():
        if Membership.objects.filter(user=consultant, organisation=companies[key]).exists():
            continue
        letter = people.Authority(until, ContentFile(LETTER, name="demo.pdf"))
        people.add_role(companies[key], consultant, Role.PREPARER, admin, reason=REASON, authority=letter)


def demo_tax_code(number: int) -> str:
    """A code of the right form beginning with Hai Phong's 02; the next number is taken where no check digit exists."""
    first_nine = f"02{number:07d}"
    digit = check_digit(first_nine)
    if digit == 10:
        raise ValueError(f"{first_nine} has no check digit: choose another number.")
    return f"{first_nine}{digit}"
