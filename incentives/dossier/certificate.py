"""What a certificate of incentives states, in Vietnamese and English whatever the reader's language.

Form: Circular 55/2015/TT-BCT, Appendix 3, as far as it is known; the form under Circular 65/2025 has not been seen (U).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.utils import timezone, translation

from certificates.changes import changed_clauses
from certificates.content import Article, CertificateContent, Clause, Party, Row, Text, column, row, text
from certificates.numerals import capital_vi, dated_en, dated_vi, number_en, number_vi
from incentives.dossier.choices import Purpose, TaxLevel
from incentives.dossier.granting import last_event, list_versions
from incentives.dossier.judging import Point, judge, points
from incentives.dossier.reading import asked_on, rows
from incentives.dossier.sheet import shown
from incentives.eligibility.conditions import PRODUCT
from incentives.eligibility.states import State
from incentives.grants.duties import duties
from incentives.policies import PolicyRule
from projects.capital import totals

if TYPE_CHECKING:
    from incentives.dossier.models import IncentiveApplication

TITLE_VI: Final = "GIẤY XÁC NHẬN ƯU ĐÃI DỰ ÁN SẢN XUẤT SẢN PHẨM CÔNG NGHIỆP HỖ TRỢ"
TITLE_EN: Final = "CERTIFICATE OF INCENTIVES FOR A SUPPORTING-INDUSTRY PROJECT"
STATES: Final = {
    State.MET: text("Đáp ứng", "Met"),
    State.OFFICER_DECIDES: text(
        "Cơ quan có thẩm quyền đã xem xét và chấp thuận", "Examined and accepted by the authority"
    ),
    State.EVIDENCE_MISSING: text("Doanh nghiệp tự chứng minh với cơ quan thuế", "To be shown to the tax authority"),
    State.NOT_MET: text("Không đáp ứng", "Not met"),
}  # fmt: skip
AS_SHOWN: Final = ("Theo hồ sơ và kết quả thẩm định", "As the dossier and the appraisal show")
INCENTIVES: Final = (
    ("asks_income_tax", "Thuế thu nhập doanh nghiệp", "Corporate income tax", (
        "theo quy định của pháp luật thuế thu nhập doanh nghiệp; doanh nghiệp tự xác định, tự kê khai, tự chịu trách "
        "nhiệm",
        "as the law on corporate income tax provides; the enterprise assesses and declares it itself and answers for "
        "it")),
    ("asks_import_duty", "Thuế nhập khẩu", "Import duty", (
        "theo quy định của pháp luật thuế xuất khẩu, thuế nhập khẩu; cơ quan hải quan thực hiện",
        "as the law on import and export duty provides; carried out by customs")),
    ("asks_land_rent", "Tiền thuê đất", "Land rent", (
        "theo quy định của pháp luật về đất đai, tính từ ngày nộp đủ hồ sơ miễn, giảm",
        "as the land law provides, from the day on which the request for relief is complete")),
    ("asks_credit", "Tín dụng", "Credit", (
        "theo quyết định của tổ chức cho vay", "as the lending institution decides")),
    ("asks_research", "Nghiên cứu, công nghệ, chứng nhận", "Research, technology, certification", (
        "theo chương trình phát triển công nghiệp hỗ trợ", "under the supporting-industry programme")),
    ("asks_people", "Đào tạo nhân lực", "Training of people", (
        "theo chương trình phát triển công nghiệp hỗ trợ", "under the supporting-industry programme")),
)  # fmt: skip


def content(application: IncentiveApplication) -> CertificateContent:
    """The whole content; issuing adds number, days and signer."""
    whole: CertificateContent = {
        "title": text(TITLE_VI, TITLE_EN),
        "subject": text(application.title(), _english_name(application)),
        "form_code": application.case.procedure.result_form if application.case.procedure else "",
        "bases": list(_bases(application)),
        "request": _request(application),
        "parties": [_party(application)],
        "articles": [
            _project(application), _products(application), _conditions(application), _incentives(application),
            _duties(application), _effect(),
        ],
    }  # fmt: skip
    if application.purpose == Purpose.AMEND and application.amends:
        whole["replaces"] = application.amends.number
        whole["changes"] = list(changed_clauses(application.sheet))
    return whole


def _english_name(application: IncentiveApplication) -> str:
    return application.project.name_en if application.project else ""


def _bases(application: IncentiveApplication) -> Iterator[Text]:
    """The law of the procedure, line by line in both languages."""
    procedure = application.case.procedure
    if procedure is None:
        yield text(
            "Nghị định số 111/2015/NĐ-CP ngày 03 tháng 11 năm 2015 của Chính phủ về phát triển công nghiệp hỗ trợ",
            "Decree No. 111/2015/NĐ-CP of 3 November 2015 of the Government on the development of supporting industry",
        )
        return
    for vi, en in zip(procedure.provisions("vi"), procedure.provisions("en"), strict=False):
        yield text(vi, en)


def _request(application: IncentiveApplication) -> Text:
    case = application.case
    vi = f"văn bản đề nghị xác nhận ưu đãi và hồ sơ kèm theo do {case.organisation.name} nộp"
    en = f"the request for the certificate of incentives and the papers with it, filed by {case.organisation.name}"
    if case.submitted_at is None:
        return text(vi, en)
    day = timezone.localtime(case.submitted_at).date()
    return text(f"{vi} {dated_vi(day)}", f"{en} on {dated_en(day)}")


def _party(application: IncentiveApplication) -> Party:
    organisation = application.case.organisation
    particulars = [row("Địa chỉ", "Address", organisation.address)]
    if organisation.tax_code:
        particulars.insert(0, row("Mã số thuế", "Tax code", organisation.tax_code))
    return {"heading": text("Doanh nghiệp", "Enterprise"), "name": organisation.name, "rows": particulars}


# --- articles -------------------------------------------------------------------------------------------------------
def _project(application: IncentiveApplication) -> Article:
    clauses: list[Clause] = [
        {"label": text("Tên dự án", "Project"),
         "value": text(application.title(), _english_name(application))},
        {"label": text("Giấy chứng nhận đăng ký đầu tư, chấp thuận", "Investment registration certificate, approval"),
         "value": _licence(application)},
        {"label": text("Địa điểm", "Place"), "value": _shown(application, "place")},
        {"label": text("Loại dự án", "Kind of project"), "value": _shown(application, "project_type")},
    ]  # fmt: skip
    if application.project:
        clauses.append({"label": text("Vốn đầu tư đăng ký", "Registered capital"), "rows": list(_capital(application))})
    return {"heading": text("Dự án", "The project"), "clauses": clauses}


def _licence(application: IncentiveApplication) -> Text:
    number, day = application.licence_number, application.licensed_on
    if day is None:
        return text(number, number)
    return text(f"số {number} {dated_vi(day)}", f"No. {number} of {dated_en(day)}")


def _capital(application: IncentiveApplication) -> Iterator[Row]:
    """The capital as the chain adds up to, and the entry it was read at."""
    project = application.project
    if project is None:
        return
    known, event = totals(project), last_event(project)
    if known["total_vnd"] is not None:
        yield row("Tổng vốn", "Total", capital_vi(known["total_vnd"], known["total_usd"]),
                  _english_capital(known["total_vnd"], known["total_usd"]))  # fmt: skip
    elif known["total_usd"] is not None:
        yield row("Tổng vốn", "Total", f"{number_vi(known['total_usd'], 2)} đô la Mỹ",
                  f"USD {number_en(known['total_usd'], 2)}")  # fmt: skip
    if event is not None:
        yield row("Chuỗi vốn của dự án", "Capital chain of the project",
                  f"{project.code}, mục số {event.seq}, mã băm {event.hash[:16]}…",
                  f"{project.code}, entry {event.seq}, hash {event.hash[:16]}…")  # fmt: skip


def _english_capital(vnd: Decimal, usd: Decimal | None) -> str:
    shown_vnd = f"VND {number_en(vnd)}"
    return f"{shown_vnd}, equal to USD {number_en(usd, 2)}" if usd is not None else shown_vnd


def _products(application: IncentiveApplication) -> Article:
    lines = [
        [
            f"{good.product.code} ({good.product.list_version})" if good.product else "",
            f"{good.product.name_vi} / {good.product.name_en}" if good.product else "", good.name,
            f"{number_vi(good.capacity, 2)} {good.unit}" if good.capacity is not None else "",
        ]
        for good in rows(application, "goods")
    ]  # fmt: skip
    version = list_versions(application)
    return {
        "heading": text("Sản phẩm công nghiệp hỗ trợ được xác nhận", "Supporting-industry products confirmed"),
        "clauses": [{
            "value": text(f"Theo Danh mục sản phẩm công nghiệp hỗ trợ ưu tiên phát triển, phiên bản {version}",
                          f"On the list of supporting-industry products with priority, version {version}"),
            "tables": [{
                "columns": [
                    column("Mã", "Code", width=1.4), column("Dòng của danh mục", "Line of the list", width=3.2),
                    column("Sản phẩm của dự án", "Product of the project", width=2.6),
                    column("Công suất/năm", "Capacity/year", align="right", width=1.8),
                ],
                "rows": lines,
            }],
        }],
    }  # fmt: skip


def _conditions(application: IncentiveApplication) -> Article:
    """Every condition with its clause and what was found: the decision explains itself."""
    on = asked_on(application)
    with translation.override("vi"):
        vietnamese = list(points(judge(application, on)))
    with translation.override("en"):
        english = list(points(judge(application, on)))
    certificate = [
        _condition(vi, en) for vi, en in zip(vietnamese, english, strict=True)
        if vi.condition.rule.kind == PolicyRule.Kind.CERTIFICATE_CONDITION
    ]  # fmt: skip
    return {
        "heading": text("Điều kiện đã xem xét", "Conditions examined"),
        "clauses": certificate or [{"value": text("Theo hồ sơ", "As the dossier shows")}],
    }


def _condition(vi: Point, en: Point) -> Clause:
    """A certificate addresses nobody: of what the enterprise itself declared it says that the dossier shows it."""
    rule, product = vi.condition.rule, f": {vi.good.name}" if vi.good else ""
    found = (vi.condition.why, en.condition.why) if rule.code == PRODUCT else AS_SHOWN
    return {
        "label": text(f"{rule.name_vi}{product}", f"{rule.name_en}{product}"),
        "value": STATES[vi.condition.state],
        "rows": [row("Căn cứ", "Clause", rule.clause_vi, rule.clause_en), row("Nhận định", "Finding", *found)],
    }


def _incentives(application: IncentiveApplication) -> Article:
    clauses: list[Clause] = []
    for name, vi, en, (as_vi, as_en) in INCENTIVES:
        if not getattr(application, name):
            continue
        clause: Clause = {"label": text(vi, en), "value": text(as_vi, as_en)}
        if name == "asks_income_tax" and application.tax_level:
            level = _labelled(TaxLevel(application.tax_level))
            clause["rows"] = [{"label": text("Mức do doanh nghiệp lựa chọn", "Level chosen by the enterprise"),
                               "value": level}]  # fmt: skip
        clauses.append(clause)
    nothing: list[Clause] = [{"value": text("Theo quy định của pháp luật", "As the law provides")}]
    return {"heading": text("Ưu đãi được đề nghị", "Incentives asked for"), "clauses": clauses or nothing}


def _duties(application: IncentiveApplication) -> Article:
    clauses: list[Clause] = [
        {"value": text(duty.text_vi, duty.text_en), "rows": [row("Căn cứ", "Clause", duty.clause_vi, duty.clause_en)]}
        for duty in duties(asked_on(application))
    ]
    clauses.append({"value": text(
        "Báo cáo cơ quan cấp khi có thay đổi về sản phẩm, công suất, công nghệ hoặc địa điểm để được điều chỉnh.",
        "Tell the authority of any change of product, capacity, technology or place, so that this certificate is "
        "adjusted.")})  # fmt: skip
    return {"heading": text("Trách nhiệm của doanh nghiệp", "Duties of the enterprise"), "clauses": clauses}


def _effect() -> Article:
    return {"heading": text("Hiệu lực", "Effect"), "clauses": [{"value": text(
        "Giấy xác nhận này có hiệu lực từ ngày cấp, trong thời gian dự án đáp ứng các điều kiện nêu trên.",
        "This certificate is in force from its day of issue, as long as the project meets these conditions.",
    )}]}  # fmt: skip


def _shown(application: IncentiveApplication, name: str) -> Text:
    with translation.override("vi"):
        vietnamese = shown(application, name)
    with translation.override("en"):
        return text(vietnamese, shown(application, name))


def _labelled(choice: TaxLevel) -> Text:
    with translation.override("vi"):
        vietnamese = str(choice.label)
    with translation.override("en"):
        return text(vietnamese, str(choice.label))
