"""Check digits that tell a real identifier from a number of the same length."""

from __future__ import annotations

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1 annex B); digits are ASCII."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def ean(digits: str) -> bool:
    """Whether the last digit is the GS1 check digit of a GTIN-8, -12, -13 or -14 (GS1 Specifications 7.9)."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def mod_11_2(identifier: str) -> bool:
    """Whether the last character (0-9 or X) is the ISO 7064 MOD 11-2 check character, as GB 11643 asks."""
    total = 0
    for char in identifier[:-1]:
        total = (total + int(char)) * 2 % 11
    return (total + (10 if identifier[-1] in "Xx" else int(identifier[-1]))) % 11 == 1


def s10(digits: str) -> bool:
    """Whether the ninth digit is the check digit of a postal item (UPU S10)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _S10_WEIGHTS, strict=False)) % 11
    return int(digits[8]) == {10: 0, 11: 5}.get(rest, rest)
