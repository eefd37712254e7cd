"""Rising numbers as a string of bits, and edits of such a string in one place.

After the first number, each one's distance from the one before stands in Rice's code: the distance without its lowest
k bits as that many ones and a zero, then the k bits. Documents' numbers are hashes below 2^hash_bits, in a few
clusters, so k follows from how many there are. A distance that would need LONG ones has just these, and RAW bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    steps = [after - before for before, after in pairwise(numbers)]
    if steps and max(steps) >> k >= LONG:
        bits = "".join([_code(step, k) for step in steps])
    else:  # _code without the call: a first index has a million of them
        low, width = (1 << k) - 1, f"0{k + 1}b"
        bits = "".join([format((1 << (step >> k)) - 1 << k + 1 | step & low, width) for step in steps])
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


def edited(run: Run, changes: Mapping[int, bool], hash_bits: int) -> Run:
    """The run after numbers have come (True) or gone (False).

    Raises Damaged when one that comes is there already, or one that goes is not.
    """
    start = run.first, 0
    for number, comes in sorted(changes.items()):
        k, count = _k(run.count, hash_bits), run.count + (1 if comes else -1)
        if _k(count, hash_bits) != k or min(count, run.count) < 2:
            run = _anew({*documents(run, hash_bits)} ^ {number}, count, hash_bits)
            start = run.first, 0
            continue
        gap = _gap(run.bits, number, k, start)
        if (gap.after == number) == comes:
            raise Damaged
        run = _with(run, number, gap, k) if comes else _without(run, number, gap, k)
        start = (run.first, 0) if gap.before is None else (gap.before, gap.at)
    return run


def _anew(numbers: set[int], count: int, hash_bits: int) -> Run:
    if len(numbers) != count:
        raise Damaged
    return run(sorted(numbers), hash_bits)


@dataclass(frozen=True, slots=True)
class Gap:
    """The last number below a given one and the next one (None: there is none), whose bits are `at` to `end`."""

    before: int | None
    at: int
    after: int | None
    end: int


def _gap(bits: str, number: int, k: int, start: tuple[int, int]) -> Gap:
    """`start`: a number of the run and where its bits end; the first one, or one below the given number."""
    find, length = bits.find, len(bits)
    before, at = None, 0
    after, end = start
    while after < number:
        before, at = after, end
        if at == length:
            return Gap(before, at, None, at)
        zero = find("0", at, at + LONG)
        if zero >= 0:  # _read without the call: nearly all of an update's time is spent here
            end = zero + 1 + k
            after += ((zero - at) << k) + int(bits[zero:end], 2)
        else:
            step, end = _read(bits, at, k)
            after += step
    return Gap(before, at, after, end)


def _with(run: Run, number: int, gap: Gap, k: int) -> Run:
    tail = ("" if gap.after is None else _code(gap.after - number, k)) + run.bits[gap.end :]
    if gap.before is None:
        return Run(run.count + 1, number, tail)
    return Run(run.count + 1, run.first, run.bits[: gap.at] + _code(number - gap.before, k) + tail)


def _without(run: Run, number: int, gap: Gap, k: int) -> Run:
    if gap.end == len(run.bits):
        return Run(run.count - 1, run.first, run.bits[: gap.at])
    step, end = _read(run.bits, gap.end, k)
    if gap.before is None:
        return Run(run.count - 1, number + step, run.bits[end:])
    bits = run.bits[: gap.at] + _code(number + step - gap.before, k) + run.bits[end:]
    return Run(run.count - 1, run.first, bits)


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
