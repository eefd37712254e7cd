"""The fixed choices of RECORDS.md, in the order in which readers see them; labels are in the catalogues."""

VOCABULARIES: dict[str, tuple[str, ...]] = {
    "issue-status": (
        "open",
        "analyzing",
        "improving",
        "fixed",
        "verified",
        "closed",
        "rejected",
        "duplicate",
    ),
    "change-status": ("requested", "approved", "trial", "effective", "rejected", "withdrawn"),
    "sop-status": ("draft", "effective", "obsolete"),
    "severity": ("critical", "major", "minor"),
    "source": ("review", "return", "photo", "message", "qc", "survey", "other"),
    "priority": ("urgent", "high", "normal", "low"),
    "demand": ("refund", "replace", "repair", "improve", "other"),
    "tier": ("new", "old", "vip"),
    "sentiment": ("calm", "unhappy", "angry"),
    "cause-class": (
        "design",
        "material",
        "production",
        "packaging",
        "storage",
        "logistics",
        "listing",
        "service",
    ),
    "hypothesis": ("confirmed", "rejected", "open"),
    "action-kind": ("containment", "corrective", "preventive", "listing", "reply", "packaging"),
    "verdict": ("effective", "ineffective", "not-implemented", "insufficient-data"),
    "four-m": ("man", "machine", "material", "method", "measurement", "environment"),
    "disposition": ("rework", "repair", "scrap", "use-as-is", "sell-through", "return"),
    "stock-place": ("factory", "warehouse", "transit", "fba", "overseas", "customer"),
    "channel": ("amazon", "email", "marketplace", "social"),
    "language": ("zh", "en", "de", "ja", "fr", "es", "it"),
    "site-language": ("zh", "en"),
    "detail-type": ("text", "number", "date", "choice"),
    "forge": ("github", "gitlab", "gitea", "none"),
    "event": ("promotion", "release", "listing", "price", "logistics", "holiday", "other"),
}

OPEN_STATUSES = ("open", "analyzing", "improving", "fixed")
"""Issues that still need work; ``fixed`` waits for its proof."""
CLOSED_STATUSES = ("verified", "closed", "rejected", "duplicate")
PROVEN_STATUSES = ("verified", "closed")
