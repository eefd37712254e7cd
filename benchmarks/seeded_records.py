"""The records of a seeded archive as mappings: issues on their way through the loop, changes, SOPs, FAQ."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

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
START, END, TODAY = dt.date(2023, 1, 2), dt.date(2026, 10, 31), dt.date(2026, 11, 22)
LOOP = 65
"""Days from opened to closed of an issue that went through the whole loop."""
FINISHED = 0.72
"""Of the issues that are old enough: together with the youngest ones 70 % of all are verified or closed."""
LATE = 0.22
"""Of the others, so that 5 % of all have overdue measures."""

Fields = dict[str, object]


@dataclass(frozen=True)
class Seeds:
    """What records choose from. ``all_open``: the worst case, every issue open and nearly all overdue."""

    ids: dict[str, list[str]]
    chance: random.Random
    products: int = 40
    factories: dict[str, str] = field(default_factory=lambda: dict(FACTORIES))
    all_open: bool = False

    def one(self, kind: str) -> str:
        return self.chance.choice(self.ids[kind])

    def factory(self) -> str:
        return self.chance.choice(list(self.factories))


def day_of(id: str) -> dt.date:
    return dt.datetime.strptime(id[3:9], "%y%m%d").date()


def issue(id: str, i: int, seeds: Seeds) -> Fields:
    chance, day = seeds.chance, day_of(id)
    status = _status(day, seeds)
    category, phenomenon = chance.choice(list(CATEGORIES)), chance.choice(PHENOMENA)
    week = "{}-W{:02}".format(*day.isocalendar()[:2])
    return {
        "id": id, "title": f"{CATEGORIES[category]}：{phenomenon}（{i}）", "status": status, "opened": day.isoformat(),
        "category": category, "severity": chance.choice(["critical", "major", "minor"]),
        "owner": chance.choice(list(ROLES)), "products": [f"SKU-{chance.randrange(seeds.products):02}"],
        "factory": seeds.factory(), "sources": ["review", "return"], "aliases": [f"OLD-{i:05}"],
        "occurrences": [{"week": week, "source": "review", "count": chance.randrange(1, 9)}],
        **_progress(day, status, phenomenon, seeds),
        "sops": [seeds.one("sop")], "faqs": [seeds.one("faq")], "changes": [seeds.one("change")],
        "cost": {"refund": chance.randrange(50, 2000), "currency": "CNY"},
    }  # fmt: skip


def _status(day: dt.date, seeds: Seeds) -> str:
    chance = seeds.chance
    if seeds.all_open:
        return chance.choice(["open", "analyzing", "improving", "improving"])
    if day + dt.timedelta(LOOP) < TODAY and chance.random() < FINISHED:
        return chance.choice(["verified", "closed", "closed"])
    return chance.choice(["open", "analyzing", "improving", "fixed"])


def _progress(day: dt.date, status: str, phenomenon: str, seeds: Seeds) -> Fields:
    """What an issue of this status shows: cause, containment, measures, proof."""
    cause = {
        "class": "production",
        "whys": [phenomenon, "机台参数偏高", "换线后未复核"],
        "escape": "抽检未量此项",
    }
    fixed = status in ("fixed", "verified", "closed")
    fields: Fields = {}
    if seeds.all_open or status != "open":
        fields["root_cause"] = cause
    if fixed:
        held = min(day + dt.timedelta(2), TODAY)
        fields["containment"] = {"action": "在库同批次暂停发货", "by": "supply-chain", "on": held.isoformat()}
    fields["actions"] = [_action(day, fixed, seeds)]
    if status in ("verified", "closed"):
        fields["verification"] = _verification(day, seeds.chance)
    if status == "closed":
        fields["closed"] = (day + dt.timedelta(LOOP)).isoformat()
    return fields


def _action(day: dt.date, fixed: bool, seeds: Seeds) -> Fields:
    action: Fields = {"id": "A1", "what": "换线后首件测量", "kind": "corrective", "owner": "factory-qc"}
    if seeds.all_open:
        return action | {"due": (day + dt.timedelta(400)).isoformat()}
    if fixed:
        done = min(day + dt.timedelta(14), TODAY)
        return action | {"due": (day + dt.timedelta(20)).isoformat(), "done": done.isoformat()}
    late = seeds.chance.random() < LATE
    days = -seeds.chance.randrange(1, 15) if late else seeds.chance.randrange(1, 90)
    return action | {"due": (TODAY + dt.timedelta(days)).isoformat()}


def _verification(day: dt.date, chance: random.Random) -> Fields:
    def side(start: int, end: int, defects: int) -> Fields:
        first, last = day + dt.timedelta(start), day + dt.timedelta(end)
        return {"from": first.isoformat(), "to": last.isoformat(), "defects": defects,
                "units": chance.randrange(2000, 5000)}  # fmt: skip

    return {
        "cut_in": {"batch": f"KN{day:%y%m}", "on": (day + dt.timedelta(20)).isoformat()},
        "before": side(-45, 0, chance.randrange(60, 120)), "after": side(21, 55, chance.randrange(0, 9)),
        "verdict": "effective", "by": "qc", "on": (day + dt.timedelta(60)).isoformat(),
    }  # fmt: skip


def change(id: str, seeds: Seeds) -> Fields:
    day = day_of(id)
    return {
        "id": id, "title": f"换线后首件测量 {id[-3:]}", "status": "requested", "requested": day.isoformat(),
        "factory": seeds.factory(), "four_m": ["method"],
        "issues": seeds.chance.sample(seeds.ids["issue"], min(2, len(seeds.ids["issue"]))),
        "sops": [{"id": seeds.one("sop"), "revision": "1"}], "before": "换线后直接量产",
        "after": "换线后首件测量，合格方可量产",
        **({} if seeds.all_open else _decided(day, seeds.chance)),
    }  # fmt: skip


def _decided(day: dt.date, chance: random.Random) -> Fields:
    """Most changes came into effect."""
    if chance.random() < 0.2:
        return {}
    approved = min(day + dt.timedelta(4), TODAY).isoformat()
    cut_in = min(day + dt.timedelta(10), TODAY)
    return {
        "status": "effective", "approvals": [{"role": "qc", "on": approved}, {"role": "supply-chain", "on": approved}],
        "cut_in": {"batch": f"KN{day:%y%m}", "on": cut_in.isoformat()},
    }  # fmt: skip


def sop(id: str, i: int, seeds: Seeds) -> Fields:
    return {
        "id": id, "title": f"作业指导书 {i}", "revision": "1", "status": "effective", "effective": "2023-02-01",
        "owner": "factory-qc", "author": "factory-qc", "approver": "qc", "factories": [seeds.factory()],
        "parameters": [{"name": "帽围", "value": "56-58", "unit": "cm", "tolerance": "±0.5"}],
        "checkpoints": [{"id": f"CP{k}", "item": "帽围测量点", "limit": "≤ 0.5 cm", "class": "major",
                         "issues": [seeds.one("issue")]} for k in range(1, 4)],
        "revisions": [{"revision": "1", "on": "2023-02-01", "reason": "首次发布", "author": "factory-qc",
                       "approver": "qc"}],
    }  # fmt: skip


def faq(id: str, i: int, seeds: Seeds) -> Fields:
    text = (
        "Hello {{name}},\n\nwe are sorry about this. Please measure the inner band and tell us the result.\n"
    )
    return {
        "id": id, "title": f"帽子太紧怎么回复 {i}", "question": f"买家说帽子戴着头疼，怎么回复？（{i}）",
        "category": list(CATEGORIES)[i % len(CATEGORIES)],
        "aliases": {"zh": ["勒头", "夹头", f"第{i}种问法"], "en": ["too tight", f"question {i}"]},
        "issues": seeds.chance.sample(seeds.ids["issue"], min(3, len(seeds.ids["issue"]))),
        "answer": "先量头围，对照尺码表。",
        "replies": [{"lang": "en", "meaning": "道歉；请量头围", "text": text}],
        "placeholders": {"name": {"label": "买家称呼"}}, "owner": "customer-service", "review_due": "2030-01-01",
    }  # fmt: skip
