"""The detectors, in order of precedence: a new one is a function and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from qloop.privacy.addresses import address
from qloop.privacy.links import contact_handle, email, profile_link, signed_url
from qloop.privacy.numbers import card_number, id_number, order_number
from qloop.privacy.parcels import tracking_number
from qloop.privacy.phones import phone

if TYPE_CHECKING:
    from qloop.privacy.normalise import Reading

Detector = Callable[["Reading"], Iterator[tuple[int, int]]]

DETECTORS: tuple[tuple[str, Detector], ...] = (
    ("signed-url", signed_url),
    ("profile-link", profile_link),
    ("email", email),
    ("id-number", id_number),
    ("order-number", order_number),
    ("tracking-number", tracking_number),
    ("card-number", card_number),
    ("contact-handle", contact_handle),
    ("phone", phone),
    ("address", address),
)
KINDS: tuple[str, ...] = tuple(kind for kind, _ in DETECTORS)
