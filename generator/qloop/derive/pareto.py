"""Pareto: which few groups make most of the cases (ISO/TR 10017; J. M. Juran's vital few)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """``share`` and ``cumulative`` are parts of 1."""

    key: str
    count: int
    share: float
    cumulative: float


def pareto(counts: Mapping[str, int]) -> tuple[Share, ...]:
    """Groups with cases, the largest first (equal ones by key); shares sum to 1. Nothing for no cases."""
    ranked = sorted(((n, key) for key, n in counts.items() if n > 0), key=lambda pair: (-pair[0], pair[1]))
    total = sum(n for n, _ in ranked)
    rows, so_far = [], 0
    for n, key in ranked:
        so_far += n
        rows.append(Share(key, n, n / total, so_far / total))
    return tuple(rows)
