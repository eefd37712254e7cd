"""Rising numbers as a string of bits, and edits of such a string in one place.

After the first number, each one's distance from the one before stands in Rice's code: the distance without its lowest
k bits as that many ones and a zero, then the k bits. Documents' numbers are hashes below 2^hash_bits, in a few
clusters, so k follows from how many there are. A distance that would need LONG ones has just these, and RAW bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LONG, RAW = 24, 44


class Damaged(Exception):
    """Bytes that this package has not written, or not for this record."""


@dataclass(frozen=True, slots=True)
class Run:
    """How many numbers there are, the first of them, and the others as a text of zeros and ones."""

    count: int
    first: int
    bits: str


EMPTY = Run(0, 0, "")


def run(numbers: list[int], hash_bits: int) -> Run:
    """Rising numbers, all different."""
    if not numbers:
        return EMPTY
    k = _k(len(numbers), hash_bits)
    bits = "".join([_code(after - before, k) for before, after in pairwise(numbers)])
    return Run(len(numbers), numbers[0], bits)


def documents(run: Run, hash_bits: int) -> Iterator[int]:
    """The numbers of a run. Raises Damaged."""
    if not run.count:
        return
    k, number, at = _k(run.count, hash_bits), run.first, 0
    yield number
    for _ in range(run.count - 1):
        step, at = _read(run.bits, at, k)
        number += step
        yield number


def with_(run: Run, number: int, hash_bits: int) -> Run:
    """The run with one more number. Raises Damaged when it is there."""
    k = _k(run.count, hash_bits)
    if _k(run.count + 1, hash_bits) != k or not run.count:
        return _anew({*documents(run, hash_bits)} ^ {number}, run.count + 1, hash_bits)
    before, at, after, end = _around(run, number, k)
    if after == number:
        raise Damaged
    tail = "" if after is None else _code(after - number, k)
    if before is None:
        return Run(run.count + 1, number, tail + run.bits)
    return Run(run.count + 1, run.first, run.bits[:at] + _code(number - before, k) + tail + run.bits[end:])


def without(run: Run, number: int, hash_bits: int) -> Run:
    """The run with one number less. Raises Damaged when it is not there."""
    k = _k(run.count, hash_bits)
    if _k(run.count - 1, hash_bits) != k or run.count < 3:
        return _anew({*documents(run, hash_bits)} ^ {number}, run.count - 1, hash_bits)
    before, at, after, end = _around(run, number, k)
    if after != number:
        raise Damaged
    if end == len(run.bits):
        return Run(run.count - 1, run.first, run.bits[:at])
    step, end = _read(run.bits, end, k)
    if before is None:
        return Run(run.count - 1, number + step, run.bits[end:])
    return Run(run.count - 1, run.first, run.bits[:at] + _code(number + step - before, k) + run.bits[end:])


def _anew(numbers: set[int], count: int, hash_bits: int) -> Run:
    if len(numbers) != count:
        raise Damaged
    return run(sorted(numbers), hash_bits)


def _around(run: Run, number: int, k: int) -> tuple[int | None, int, int | None, int]:
    """The last number below the given one, where the bits of the next one begin, that next one, where they end."""
    bits, find, length = run.bits, run.bits.find, len(run.bits)
    before, after, at, end = None, run.first, 0, 0
    while after < number:
        before, at = after, end
        if at == length:
            return before, at, None, at
        zero = find("0", at, at + LONG)
        if zero >= 0:  # _read without the call: nearly all of an update's time is spent here
            end = zero + 1 + k
            after += ((zero - at) << k) + int(bits[zero:end], 2)
        else:
            step, end = _read(bits, at, k)
            after += step
    return before, at, after, end


def _k(count: int, hash_bits: int) -> int:
    return max(0, hash_bits + 1 - count.bit_length())


def _code(step: int, k: int) -> str:
    ones = step >> k
    if ones >= LONG:
        return "1" * LONG + f"{step:0{RAW}b}"
    return "1" * ones + f"{step & (1 << k) - 1:0{k + 1}b}"  # its first digit is the zero after the ones


def _read(bits: str, at: int, k: int) -> tuple[int, int]:
    """The distance that begins at a bit, and the bit after it. Raises Damaged."""
    try:
        ones = bits.find("0", at, at + LONG) - at
        if ones >= 0:
            end = at + ones + 1 + k
            return (ones << k) + int(bits[at + ones : end], 2), end
        end = at + LONG + RAW
        return int(bits[at + LONG : end], 2), end
    except ValueError:
        raise Damaged from None
