"""The kinds of reports: their columns, the source that they count as, and how their lines are told from others'."""

from __future__ import annotations

from dataclasses import dataclass

from qloop.imports.columns import Wanted
from qloop.records.settings import ImportMap

_SKU = ("sku", "seller-sku", "merchant-sku", "msku", "商家sku", "商家编码")
_ASIN = ("asin", "child-asin", "子asin", "（子）asin")
_COMMENT = ("customer-comments", "customer-comment", "comments", "buyer-comment", "买家评论")
_ORDER = ("order-id", "amazon-order-id", "订单编号")


@dataclass(frozen=True, slots=True)
class Kind:
    """``prefix`` begins the reasons that this kind writes: reports that share a source own their lines by it."""

    name: str
    source: str
    wanted: Wanted
    prefix: str = ""
    sheet: str = ""


KINDS = {
    kind.name: kind
    for kind in (
        # FBA customer returns: return-date, order-id, sku, …, quantity, reason, license-plate-number, customer-comments
        Kind("amazon-returns", "return", Wanted(
            {"date": ("return-date", "退货日期"), "sku": _SKU, "asin": _ASIN, "quantity": ("quantity", "qty", "数量"),
             "reason": ("reason", "return-reason", "return-reason-code", "原因"), "order": _ORDER,
             "unit": ("license-plate-number", "lpn"), "comment": _COMMENT},
            (("date",), ("sku", "asin"), ("quantity",), ("reason",)),
            ("fnsku", "product-name", "fulfillment-center-id", "detailed-disposition", "status"),
        )),
        Kind("amazon-replacements", "return", Wanted(
            {"date": ("shipment-date",), "sku": _SKU, "asin": _ASIN, "quantity": ("quantity", "qty"),
             "reason": ("replacement-reason-code", "reason-code", "reason"),
             "order": ("replacement-amazon-order-id", "replacement-order-id")},
            (("date",), ("sku", "asin"), ("quantity",), ("reason",)),
            ("fulfillment-center-id", "original-fulfillment-center-id", "original-amazon-order-id"),
        ), "REPLACEMENT:"),
        Kind("amazon-mfn-returns", "return", Wanted(
            {"date": ("return-request-date", "return-date"), "sku": ("merchant-sku", *_SKU), "asin": _ASIN,
             "quantity": ("return-quantity", "quantity"), "reason": ("return-reason", "return-reason-code", "reason"),
             "order": _ORDER, "request": ("amazon-rma-id", "merchant-rma-id"), "comment": _COMMENT},
            (("date",), ("sku", "asin"), ("quantity",), ("reason",)),
            ("order-date", "return-request-status", "merchant-rma-id", "label-type", "label-cost", "currency-code",
             "return-carrier", "tracking-id", "label-to-be-paid-by", "a-to-z-claim", "is-prime", "item-name",
             "order-quantity", "return-type", "resolution", "invoice-number", "return-delivery-date", "order-amount",
             "in-policy", "refunded-amount", "category"),
        ), "MFN:"),
        Kind("reviews", "review", Wanted(
            {"date": ("date", "review-date", "created-at", "日期", "评论日期", "评论时间"), "sku": _SKU, "asin": _ASIN,
             "rating": ("rating", "stars", "star-rating", "star", "score", "星级", "评分"),
             "order": ("review-id", "id", "review-link", "link", "url"),
             "comment": ("content", "body", "text", "review", "review-text", "review-body", "comment", "评论内容",
                         "内容"),
             "title": ("title", "review-title", "headline", "标题", "评论标题")},
            (("date",), ("sku", "asin"), ("rating",)),
            ("author", "reviewer", "name", "profile", "helpful", "verified", "verified-purchase", "variant", "images"),
        )),
        # detail page sales and traffic, by day and child ASIN or SKU
        Kind("units", "units", Wanted(
            {"date": ("date", "day", "日期"), "sku": _SKU, "asin": _ASIN,
             "quantity": ("units-ordered", "units", "quantity", "已订购商品数量", "销量", "数量")},
            (("date",), ("sku", "asin"), ("quantity",)),
            ("parent-asin", "父asin", "title", "标题", "units-ordered-b2b", "sessions", "page-views",
             "ordered-product-sales", "total-order-items"),
        )),
    )
}  # fmt: skip
NAMES = (*KINDS, "table")


def of_map(name: str, map: ImportMap) -> Kind:
    """The kind that a team describes under ``imports`` of qloop.yml."""
    columns = {field: (column,) for field, column in map.columns if column}
    needed = tuple((field,) for field in columns)
    return Kind(f"table:{name}", map.source, Wanted(columns, needed), f"{name}:", map.sheet or "")
