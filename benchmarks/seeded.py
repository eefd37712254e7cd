"""Write an archive of N records (RECORDS.md format), the same bytes for the same seed."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from pathlib import Path

from seeded_history import write_history
from seeded_records import (
    CATEGORIES,
    END,
    FACTORIES,
    PHENOMENA,
    ROLES,
    START,
    TODAY,
    Fields,
    Seeds,
    change,
    faq,
    issue,
    sop,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHARES = {"issue": 0.80, "change": 0.14, "sop": 0.02, "faq": 0.04}


def write_archive(
    root: Path,
    count: int,
    seed: int = 1,
    weeks: int = 200,
    *,
    products: int = 40,
    factories: int = 3,
    all_open: bool = False,
) -> None:
    """About ``count`` records in the shares of the product's goals (80 % issues), each with about three links."""
    chance = random.Random(seed)
    days = sorted(START + dt.timedelta(chance.randrange((END - START).days)) for _ in range(count))
    ids = {kind: _ids(kind, days, chance) for kind in SHARES}
    seeds = Seeds(ids, chance, products, _factories(factories), all_open)
    _settings(root, seeds)
    for i, id in enumerate(ids["issue"]):
        _write(root / f"issues/20{id[3:5]}/{id}.md", issue(id, i, seeds), _body(chance, 6))
    for id in ids["change"]:
        _write(root / f"sop/changes/20{id[3:5]}/{id}.md", change(id, seeds), _body(chance, 2))
    for i, id in enumerate(ids["sop"]):
        _write(root / f"sop/{id}.md", sop(id, i, seeds), _body(chance, 8))
    for i, id in enumerate(ids["faq"]):
        _write(root / f"faq/{id}.md", faq(id, i, seeds), _body(chance, 2))
    _feedback(root, weeks, seeds)


def _ids(kind: str, days: list[dt.date], chance: random.Random) -> list[str]:
    wanted = max(1, round(len(days) * SHARES[kind]))
    if kind == "sop":
        return [f"SOP-AREA{i // 900}-{i % 900 + 1:03}" for i in range(wanted)]
    if kind == "faq":
        return [f"FAQ-question-{i}" for i in range(wanted)]
    prefix = {"issue": "QI", "change": "PC"}[kind]
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[f"{prefix}-{chance.choice(days):%y%m%d}-{''.join(chance.choices(ALPHABET, k=3))}"] = None
    return sorted(found)


def _factories(count: int) -> dict[str, str]:
    more = {f"factory-{i}": f"{i} 号工厂" for i in range(len(FACTORIES) + 1, count + 1)}
    return dict(list((FACTORIES | more).items())[:count])


def _settings(root: Path, seeds: Seeds) -> None:
    _json(root / "qloop.yml", {
        "brand": "Bench", "as_of": TODAY.isoformat(),
        "departments": [{"id": k, "label": v} for k, v in ROLES.items()],
        "categories": [{"id": k, "label": v, "department": "qc"} for k, v in CATEGORIES.items()],
        "product_categories": [{"id": "hats", "label": "帽子"}],
    })  # fmt: skip
    _json(root / "catalog/factories.yml", [{"id": k, "name": v} for k, v in seeds.factories.items()])
    _json(root / "catalog/products.yml", [
        {"sku": f"SKU-{i:02}", "name": f"帽子 {i}", "category": "hats", "factory": "ningbo-knit"}
        for i in range(seeds.products)
    ])  # fmt: skip


def _feedback(root: Path, weeks: int, seeds: Seeds) -> None:
    chance, skus = seeds.chance, range(seeds.products)
    units: dict[int, list[str]] = {}
    for k in range(weeks):
        year, week, _ = (END - dt.timedelta(weeks=k)).isocalendar()
        rows = sorted(
            f"return,US,SKU-{sku:02},,{chance.choice(list(CATEGORIES))},,{chance.randrange(1, 20)}"
            for sku in chance.sample(skus, min(15, len(skus)))
        )
        _text(root / f"feedback/{year}/{year}-W{week:02}.csv",
              "source,marketplace,sku,batch,category,reason,count\n" + "\n".join(rows) + "\n")  # fmt: skip
        units.setdefault(year, []).extend(
            f"{year}-W{week:02},US,SKU-{sku:02},{chance.randrange(50, 400)}" for sku in skus
        )
    for year, lines in units.items():
        _text(
            root / f"feedback/units/{year}.csv",
            "week,marketplace,sku,units\n" + "\n".join(sorted(lines)) + "\n",
        )


def _body(chance: random.Random, sentences: int) -> str:
    return "## 经过\n\n" + "\n\n".join(
        f"{chance.choice(PHENOMENA)}，复测 {chance.randrange(9, 99)} 顶。" for _ in range(sentences)
    )


def _write(path: Path, data: Fields, body: str) -> None:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items()]
    _text(path, "---\n" + "\n".join(lines) + f"\n---\n{body}\n")


def _json(path: Path, value: object) -> None:
    _text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _text(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--products", type=int, default=40)
    parser.add_argument("--factories", type=int, default=3)
    parser.add_argument("--all-open", action="store_true", help="worst case: every issue open, most overdue")
    parser.add_argument("--commits", type=int, default=0, help="make a git repository of so many commits")
    given = parser.parse_args()
    write_archive(
        given.root, given.records, given.seed,
        products=given.products, factories=given.factories, all_open=given.all_open,
    )  # fmt: skip
    if given.commits:
        write_history(given.root, given.commits)
