"""A small archive of every kind of record that edits itself at random, as a team would over months."""

from __future__ import annotations

import copy
import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pages.tree import ARCHIVE

Data = dict[str, Any]
PICTURE = (ARCHIVE / "issues/2026/QI-260803-7KD/tape.png").read_bytes()
DAY = dt.date(2026, 11, 22)


def issue(n: int, **more: Any) -> Data:
    day = dt.date(2026, 8, 1) + dt.timedelta(days=n)
    return {
        "id": f"QI-{day:%y%m%d}-A{n % 10}{n // 10 % 10}", "title": f"帽围过小，佩戴压头 {n}", "status": "open",
        "opened": day.isoformat(), "category": "size-small", "severity": "minor", "owner": "qc",
        "products": ["CAP-1"], "factory": "knit",
        "actions": [{"id": "A1", "what": "换线后首件测帽围", "kind": "corrective", "owner": "qc",
                     "due": (day + dt.timedelta(days=90 + n)).isoformat()}],
    } | more  # fmt: skip


class Machine:
    """``records``: fields and body by path, as they stand on the disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.records: dict[str, tuple[Data, str]] = {}
        self.settings: Data = {
            "brand": "Tiny", "as_of": DAY.isoformat(),
            "departments": [{"id": "qc", "label": "品控"}, {"id": "factory-qc", "label": "工厂品管"}],
            "categories": [{"id": "size-small", "label": "尺码偏小"}, {"id": "shedding", "label": "掉毛"}],
            "product_categories": [{"id": "hats", "label": "帽子"}],
        }  # fmt: skip
        self.products = [
            {"sku": f"CAP-{i}", "name": f"针织帽 {i}", "category": "hats", "factory": "knit"} for i in (1, 2)
        ]
        self.factories = [{"id": "knit", "name": "针织厂"}, {"id": "sew", "name": "缝制厂"}]
        self.today = DAY
        self.count = 0
        self.write_settings()
        self.begin()

    def begin(self) -> None:
        for _ in range(3):
            self.add_issue(0)
        first, second, third = list(self.records)
        self.edit(
            second, related=[self.records[first][0]["id"]], sops=["SOP-KNIT-001"], changes=["PC-260810-M2Q"]
        )
        self.edit(
            third, faqs=["FAQ-cap-too-tight"], aliases=["AG-0012"], cost={"refund": 40, "currency": "CNY"}
        )
        issues = [self.records[first][0]["id"]]
        self.put("sop/changes/2026/PC-260810-M2Q.md", {
            "id": "PC-260810-M2Q", "title": "换线后首件测帽围", "status": "requested", "requested": "2026-08-10",
            "factory": "knit", "four_m": ["method"], "issues": issues,
            "sops": [{"id": "SOP-KNIT-001", "revision": "1"}],
            "before": "换线后直接量产", "after": "换线后首件测帽围，合格方可量产",
        })  # fmt: skip
        self.put("sop/SOP-KNIT-001.md", {
            "id": "SOP-KNIT-001", "title": "针织帽作业指导书", "revision": "1", "status": "effective",
            "effective": "2026-02-01", "owner": "factory-qc", "author": "factory-qc", "approver": "qc",
            "factories": ["knit"], "review_due": "2026-11-25",
            "checkpoints": [{"id": "CP1", "item": "帽围测量点", "limit": "≤ 0.5 cm", "class": "major",
                             "issues": issues}],
            "revisions": [{"revision": "1", "on": "2026-02-01", "reason": "首次发布", "author": "factory-qc",
                           "approver": "qc"}],
        })  # fmt: skip
        self.put("faq/FAQ-cap-too-tight.md", {
            "id": "FAQ-cap-too-tight", "title": "帽子太紧", "question": "买家说帽子太紧，怎么回复？",
            "aliases": {"zh": ["勒头"], "en": ["too tight"]}, "issues": issues, "answer": "先量头围。",
            "replies": [{"lang": "en", "meaning": "道歉", "text": "Hello,\n\nwe are sorry.\n"}],
            "owner": "qc", "review_due": "2026-12-01",
        })  # fmt: skip
        self.put("issues/reviews/2026-W32.md", {
            "id": "2026-W32", "title": "第 32 周复盘", "period": {"from": "2026-08-03", "to": "2026-08-09"},
            "issues": issues, "attendees": ["qc"],
        })  # fmt: skip
        self.feedback(3)
        self.text("docs/guide.md", "# 怎么用\n\n见[全部问题](issues/index.md)。\n")

    # -- files ---------------------------------------------------------------------------------------------

    def text(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def put(self, path: str, data: Data, body: str = "额头有压痕。") -> None:
        self.records[path] = copy.deepcopy(data), body
        front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
        self.text(path, f"---\n{front}\n---\n{body}\n")

    def edit(self, path: str, **fields: Any) -> None:
        data, body = self.records[path]
        self.put(path, data | fields, body)

    def remove(self, path: str) -> None:
        del self.records[path]
        (self.root / path).unlink()

    def write_settings(self) -> None:
        for path, value in (("qloop.yml", self.settings), ("catalog/products.yml", self.products),
                            ("catalog/factories.yml", self.factories)):  # fmt: skip
            self.text(path, json.dumps(value, ensure_ascii=False, indent=1))

    def one(self, n: int, kind: str = "") -> str | None:
        """A record's path, chosen by ``n``; of issues, or of any kind."""
        paths = [path for path in sorted(self.records) if path.startswith(kind)]
        return paths[n % len(paths)] if paths else None

    # -- edits ---------------------------------------------------------------------------------------------

    def add_issue(self, n: int) -> None:
        self.count += 1
        data = issue(self.count)
        self.put(f"issues/2026/{data['id']}.md", data)

    def delete(self, n: int) -> None:
        if path := self.one(n):
            self.remove(path)

    def rename(self, n: int) -> None:
        """The same record with another id: old references lead nowhere."""
        if path := self.one(n, "issues/2026/QI-"):
            data, body = self.records[path]
            self.remove(path)
            self.count += 1
            new = issue(self.count)["id"]
            self.put(f"issues/2026/{new}.md", data | {"id": new}, body)

    def retitle(self, n: int) -> None:
        if path := self.one(n):
            self.edit(path, title=f"改过的标题 {n}")

    def rewrite(self, n: int) -> None:
        if path := self.one(n):
            data, _ = self.records[path]
            self.put(path, data, f"复测 {n} 顶。" if n % 5 else "")

    def mention(self, n: int) -> None:
        """Name a record, or one that does not exist, in a text."""
        path, other = self.one(n), self.one(n // 7)
        if path and other:
            data, body = self.records[path]
            name = self.records[other][0]["id"] if n % 3 else "FAQ-not-there"
            self.put(path, data, f"{body}\n\n见 {name}，以及[这里]({name}.md)。")

    def status(self, n: int) -> None:
        if path := self.one(n, "issues/2026/QI-"):
            self.edit(path, status=("open", "analyzing", "improving", "rejected")[n % 4])

    def link(self, n: int) -> None:
        path, other = self.one(n, "issues/2026/QI-"), self.one(n // 5, "issues/2026/QI-")
        if path and other and path != other:
            self.edit(path, related=[self.records[other][0]["id"]])

    def unlink(self, n: int) -> None:
        if path := self.one(n, "issues/2026/QI-"):
            self.edit(path, related=[], sops=[], faqs=[])

    def repeat(self, n: int) -> None:
        path, other = self.one(n, "issues/2026/QI-"), self.one(n // 5, "issues/2026/QI-")
        if path and other:
            self.edit(path, recurrence_of=self.records[other][0]["id"])

    def alias(self, n: int) -> None:
        if path := self.one(n, "issues/2026/QI-"):
            self.edit(path, aliases=[f"AG-{n % 4:04}"])

    def finish(self, n: int) -> None:
        if path := self.one(n, "issues/2026/QI-"):
            action = self.records[path][0]["actions"][0]
            action = {k: v for k, v in action.items() if k != "done"} | (
                {"done": action["due"]} if n % 2 else {}
            )
            self.edit(path, actions=[action])

    def attach(self, n: int) -> None:
        if path := self.one(n, "issues/2026/QI-"):
            name = f"{Path(path).stem}/tape.png"
            self.edit(path, attachments=[{"file": name, "caption": "实测"}])
            file = self.root / "issues/2026" / name
            file.parent.mkdir(exist_ok=True)
            if n % 3:
                file.write_bytes(PICTURE + b"\0" * (n % 2))
            else:
                file.unlink(missing_ok=True)

    def move(self, n: int) -> None:
        """A document sorted into a folder of the team's own."""
        if path := self.one(n, "faq/"):
            data, body = self.records[path]
            self.remove(path)
            folder = "faq/hats" if path.count("/") == 1 else "faq"
            self.put(f"{folder}/{Path(path).name}", data, body)

    def damage(self, n: int) -> None:
        if n % 4 == 0 and (path := self.one(n)):
            self.text(path, "---\nid: [\n---\n")
        elif path := self.one(n):
            self.put(path, *self.records[path])

    def vocabulary(self, n: int) -> None:
        self.settings["categories"][0]["label"] = f"尺码偏小 {n % 3}"
        self.settings["events"] = [{"on": "2026-10-11", "label": f"大促 {n % 2}", "kind": "promotion"}]
        self.write_settings()

    def catalogue(self, n: int) -> None:
        self.products[n % 2]["name"] = f"针织帽 {n % 5}"
        if n % 7 == 0:
            self.products.append(
                {"sku": f"CAP-{n + 10}", "name": "新帽", "category": "hats", "factory": "sew"}
            )
            self.products = list({p["sku"]: p for p in self.products}.values())
        self.write_settings()

    def feedback(self, n: int) -> None:
        head = "source,marketplace,sku,batch,category,reason,count\n"
        self.text("feedback/2026/2026-W46.csv", f"{head}return,US,CAP-1,,size-small,,{n % 9}\n")
        self.text("feedback/units/2026.csv", f"week,marketplace,sku,units\n2026-W46,US,CAP-1,{100 + n % 7}\n")

    def guide(self, n: int) -> None:
        """Write, change or delete a hand-written page; some stand in place of generated ones."""
        path = ("docs/more.md", "docs/cost.md", "docs/issues/index.md")[n % 3]
        if n % 4 == 0:
            (self.root / path).unlink(missing_ok=True)
        else:
            self.text(path, f"# 手写 {n % 5}\n\n见[首页](index.md)和[说明](guide.md)。\n")

    def publisher(self, n: int) -> None:
        """mkdocs.yml: another name of the site."""
        text = (Path(__file__).parents[2] / "generator/qloop/publish/defaults/mkdocs.yml").read_text("utf-8")
        hook = Path(__file__).parents[2] / "hooks"
        shutil.copytree(
            hook, self.root / "hooks", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
        )
        text = text.replace("品质闭环", f"网站 {n % 3}").replace(
            "hooks: [publish.py]", "hooks: [hooks/publish.py]"
        )
        self.text("mkdocs.yml", text)

    def later(self, n: int) -> None:
        self.today += dt.timedelta(days=1 + n % 10)


EDITS: dict[str, Callable[[Machine, int], None]] = {
    name: getattr(Machine, name)
    for name in (
        "add_issue", "delete", "rename", "retitle", "rewrite", "mention", "status", "link", "unlink", "repeat",
        "alias", "finish", "attach", "move", "damage", "vocabulary", "catalogue", "feedback", "guide", "publisher",
        "later",
    )
}  # fmt: skip
