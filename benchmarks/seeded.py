"""Write an archive of N records (RECORDS.md format), the same bytes for the same seed."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from pathlib import Path

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHARES = {"issue": 0.80, "change": 0.14, "sop": 0.02, "faq": 0.04}
CATEGORIES = {
    "size-small": "尺码偏小",
    "shedding": "掉毛",
    "crushed": "到货压扁",
    "label": "洗标看不清",
    "clasp": "扣头断开",
}
FACTORIES = {"ningbo-knit": "宁波针织厂", "yiwu-jewellery": "义乌饰品厂", "shaoxing-sewing": "绍兴缝制厂"}
ROLES = {"qc": "品控", "factory-qc": "工厂品管", "supply-chain": "供应链", "customer-service": "客服"}
PHENOMENA = [
    "额头勒出压痕",
    "黑色外套沾满白絮",
    "帽檐到货有折痕",
    "字小看不清",
    "扣头弹开后掉落",
    "内里脱线约三厘米",
]
START, END = dt.date(2023, 1, 2), dt.date(2026, 10, 31)


def write_archive(root: Path, count: int, seed: int = 1, weeks: int = 200) -> None:
    """About ``count`` records in the shares of the product's goals (80 % issues), each with about three links."""
    chance = random.Random(seed)
    days = sorted(START + dt.timedelta(chance.randrange((END - START).days)) for _ in range(count))
    ids = {kind: _ids(kind, days, chance) for kind in SHARES}
    _settings(root)
    for i, id in enumerate(ids["issue"]):
        _write(root / f"issues/20{id[3:5]}/{id}.md", _issue(id, i, ids, chance), _body(chance, 6))
    for id in ids["change"]:
        _write(root / f"sop/changes/20{id[3:5]}/{id}.md", _change(id, ids, chance), _body(chance, 2))
    for i, id in enumerate(ids["sop"]):
        _write(root / f"sop/{id}.md", _sop(id, i, ids, chance), _body(chance, 8))
    for i, id in enumerate(ids["faq"]):
        _write(root / f"faq/{id}.md", _faq(id, i, ids, chance), _body(chance, 2))
    _feedback(root, weeks, chance)


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


def _day(id: str) -> dt.date:
    return dt.datetime.strptime(id[3:9], "%y%m%d").date()


def _issue(id: str, i: int, ids: dict[str, list[str]], chance: random.Random) -> dict[str, object]:
    day = _day(id)
    status = chance.choice(["open", "analyzing", "improving", "improving"])
    category, phenomenon = chance.choice(list(CATEGORIES)), chance.choice(PHENOMENA)
    week = "{}-W{:02}".format(*day.isocalendar()[:2])
    return {
        "id": id, "title": f"{CATEGORIES[category]}：{phenomenon}（{i}）", "status": status, "opened": day.isoformat(),
        "category": category, "severity": chance.choice(["critical", "major", "minor"]),
        "owner": chance.choice(list(ROLES)), "products": [f"SKU-{chance.randrange(40):02}"],
        "factory": chance.choice(list(FACTORIES)), "sources": ["review", "return"], "aliases": [f"OLD-{i:05}"],
        "occurrences": [{"week": week, "source": "review", "count": chance.randrange(1, 9)}],
        "root_cause": {"class": "production", "whys": [phenomenon, "机台参数偏高", "换线后未复核"],
                       "escape": "抽检未量此项"},
        "actions": [{"id": "A1", "what": "换线后首件测量", "kind": "corrective", "owner": "factory-qc",
                     "due": (day + dt.timedelta(400)).isoformat()}],
        "sops": [chance.choice(ids["sop"])], "faqs": [chance.choice(ids["faq"])],
        "changes": [chance.choice(ids["change"])],
        "cost": {"refund": chance.randrange(50, 2000), "currency": "CNY"},
    }  # fmt: skip


def _change(id: str, ids: dict[str, list[str]], chance: random.Random) -> dict[str, object]:
    return {
        "id": id, "title": f"换线后首件测量 {id[-3:]}", "status": "requested", "requested": _day(id).isoformat(),
        "factory": chance.choice(list(FACTORIES)), "four_m": ["method"],
        "issues": chance.sample(ids["issue"], min(2, len(ids["issue"]))),
        "sops": [{"id": chance.choice(ids["sop"]), "revision": "1"}], "before": "换线后直接量产",
        "after": "换线后首件测量，合格方可量产",
    }  # fmt: skip


def _sop(id: str, i: int, ids: dict[str, list[str]], chance: random.Random) -> dict[str, object]:
    return {
        "id": id, "title": f"作业指导书 {i}", "revision": "1", "status": "effective", "effective": "2023-02-01",
        "owner": "factory-qc", "author": "factory-qc", "approver": "qc", "factories": [chance.choice(list(FACTORIES))],
        "parameters": [{"name": "帽围", "value": "56-58", "unit": "cm", "tolerance": "±0.5"}],
        "checkpoints": [{"id": f"CP{k}", "item": "帽围测量点", "limit": "≤ 0.5 cm", "class": "major",
                         "issues": [chance.choice(ids["issue"])]} for k in range(1, 4)],
        "revisions": [{"revision": "1", "on": "2023-02-01", "reason": "首次发布", "author": "factory-qc",
                       "approver": "qc"}],
    }  # fmt: skip


def _faq(id: str, i: int, ids: dict[str, list[str]], chance: random.Random) -> dict[str, object]:
    text = (
        "Hello {{name}},\n\nwe are sorry about this. Please measure the inner band and tell us the result.\n"
    )
    return {
        "id": id, "title": f"帽子太紧怎么回复 {i}", "question": f"买家说帽子戴着头疼，怎么回复？（{i}）",
        "aliases": {"zh": ["勒头", "夹头", f"第{i}种问法"], "en": ["too tight", f"question {i}"]},
        "issues": chance.sample(ids["issue"], min(3, len(ids["issue"]))), "answer": "先量头围，对照尺码表。",
        "replies": [{"lang": "en", "meaning": "道歉；请量头围", "text": text}],
        "placeholders": {"name": {"label": "买家称呼"}}, "owner": "customer-service", "review_due": "2030-01-01",
    }  # fmt: skip


def _settings(root: Path) -> None:
    _json(root / "qloop.yml", {
        "brand": "Bench", "as_of": "2026-11-22",
        "departments": [{"id": k, "label": v} for k, v in ROLES.items()],
        "categories": [{"id": k, "label": v, "department": "qc"} for k, v in CATEGORIES.items()],
        "product_categories": [{"id": "hats", "label": "帽子"}],
    })  # fmt: skip
    _json(root / "catalog/factories.yml", [{"id": k, "name": v} for k, v in FACTORIES.items()])
    _json(root / "catalog/products.yml", [
        {"sku": f"SKU-{i:02}", "name": f"帽子 {i}", "category": "hats", "factory": "ningbo-knit"} for i in range(40)
    ])  # fmt: skip


def _feedback(root: Path, weeks: int, chance: random.Random) -> None:
    units: dict[int, list[str]] = {}
    for k in range(weeks):
        year, week, _ = (END - dt.timedelta(weeks=k)).isocalendar()
        rows = sorted(
            f"return,US,SKU-{sku:02},,{chance.choice(list(CATEGORIES))},,{chance.randrange(1, 20)}"
            for sku in chance.sample(range(40), 15)
        )
        _text(root / f"feedback/{year}/{year}-W{week:02}.csv",
              "source,marketplace,sku,batch,category,reason,count\n" + "\n".join(rows) + "\n")  # fmt: skip
        units.setdefault(year, []).extend(
            f"{year}-W{week:02},US,SKU-{sku:02},{chance.randrange(50, 400)}" for sku in range(40)
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


def _write(path: Path, data: dict[str, object], body: str) -> None:
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
    arguments = parser.parse_args()
    write_archive(arguments.root, arguments.records, arguments.seed)
