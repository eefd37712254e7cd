"""Privacy: archives are published, so customer data never enters them.

Every text is scanned as it was written: records, broken ones too, feedback tables, qloop.yml, the catalogue.
The samples name what stands there in «…»; the tests put it in when they run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from qloop.diagnostics import Place
from qloop.read.discover import SourceFile, read_source
from qloop.read.findings import Finding
from qloop.rules.base import Context, found_at, rule
from qloop.rules.identity import every_entry


@rule("privacy/order-number")
def order_number(context: Context) -> Iterator[Finding]:
    """No number of an order: it leads to a buyer.

    Bad::

        body: 订单 «order-number» 的买家说压头

    Good::

        body: 三位买家说压头

    Source: Amazon Data Protection Policy, 2.1 (PII); PIPL Art. 4.
    """
    yield from private(context, "order-number")


@rule("privacy/email")
def email(context: Context) -> Iterator[Finding]:
    """No e-mail address, a marketplace's masked ones included.

    Bad::

        body: 买家邮箱 «email»

    Good::

        body: 买家来信说压头

    Source: GDPR Art. 4 (1); PIPL Art. 4.
    """
    yield from private(context, "email")


@rule("privacy/phone")
def phone(context: Context) -> Iterator[Finding]:
    """No telephone number of China, the US, the EU or Japan.

    Bad::

        body: 买家电话 «phone»

    Good::

        body: 买家来电说压头

    Source: GDPR Art. 4 (1); PIPL Art. 4; ITU-T E.164.
    """
    yield from private(context, "phone")


@rule("privacy/id-number")
def id_number(context: Context) -> Iterator[Finding]:
    """No Chinese citizen's id number.

    Bad::

        body: 证件号 «id-number»

    Good::

        body: 实名信息由平台核对

    Source: PIPL Art. 28 (sensitive data); GB 11643 (citizen identification number).
    """
    yield from private(context, "id-number")


@rule("privacy/card-number")
def card_number(context: Context) -> Iterator[Finding]:
    """No number of a payment card.

    Bad::

        body: 退款到卡 «card-number»

    Good::

        body: 退款到原支付方式

    Source: PCI DSS 3; ISO/IEC 7812-1 (Luhn).
    """
    yield from private(context, "card-number")


@rule("privacy/address")
def address(context: Context) -> Iterator[Finding]:
    """No street address with a name.

    Bad::

        body: 寄往 «address»

    Good::

        body: 寄往买家所在州

    Source: GDPR Art. 4 (1); PIPL Art. 4.
    """
    yield from private(context, "address")


@rule("privacy/tracking-number")
def tracking_number(context: Context) -> Iterator[Finding]:
    """No tracking number of a parcel: carriers show name and town for it.

    Bad::

        body: 包裹 «tracking-number» 压扁

    Good::

        body: 一件包裹到货压扁

    Source: GDPR Art. 4 (1); UPU S10.
    """
    yield from private(context, "tracking-number")


@rule("privacy/profile-link")
def profile_link(context: Context) -> Iterator[Finding]:
    """No link to a buyer's profile.

    Bad::

        body: 评价者 «profile-link»

    Good::

        body: 一位买家的评价

    Source: GDPR Art. 4 (1).
    """
    yield from private(context, "profile-link")


@rule("privacy/signed-url")
def signed_url(context: Context) -> Iterator[Finding]:
    """No signed address: whoever has it has the file behind it.

    Bad::

        body: 原图 «signed-url»

    Good::

        body: 原图在附件

    Source: CWE-598 (secrets in addresses).
    """
    yield from private(context, "signed-url")


@rule("privacy/contact-handle")
def contact_handle(context: Context) -> Iterator[Finding]:
    """No handle of a messenger.

    Bad::

        body: 买家微信号 «contact-handle»

    Good::

        body: 买家来信说压头

    Source: GDPR Art. 4 (1); PIPL Art. 4.
    """
    yield from private(context, "contact-handle")


def private(context: Context, kind: str) -> Iterator[Finding]:
    """Findings of one kind of customer data; the texts are scanned once for all kinds."""
    if "private" not in context.memo:
        by_kind: dict[str, list[Place]] = {}
        for source in texts(context):
            for match, place in scan(source):
                by_kind.setdefault(match, []).append(place)
        context.memo["private"] = by_kind
    for place in context.memo["private"].get(kind, ()):
        yield found_at(f"privacy/{kind}", place)


def texts(context: Context) -> Iterator[SourceFile]:
    """Every text of the archive."""
    archive = context.archive
    yield context.settings_document.source
    yield from (document.source for document in archive.catalog.documents.values())
    yield from (entry.source for entry in every_entry(context))
    yield from archive.feedback.sources
    yield from context.guides
    for path in archive.broken:
        source = read_source(context.root, path)
        if isinstance(source, SourceFile):
            yield source


def scan(source: SourceFile) -> Iterator[tuple[str, Place]]:
    """Kind and place of all customer data in one text."""
    from qloop.privacy import find

    starts: list[int] = []
    for match in find(source.text):
        starts = starts or line_starts(source.text)
        line = bisect_right(starts, match.start)
        yield match.kind, Place(source.path, line, match.start - starts[line - 1] + 1)


def line_starts(text: str) -> list[int]:
    """The offset of each line's first character."""
    return [0, *(i + 1 for i, c in enumerate(text) if c == "\n")]
