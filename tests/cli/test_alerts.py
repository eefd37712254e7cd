"""``qloop alerts`` on the demo archive, which shows every kind."""

import json
from pathlib import Path

from click.testing import CliRunner

from qloop.cli import cli
from qloop.derive.alerts.model import KINDS

ROOT = Path(__file__).parents[2]


def test_the_demo_shows_every_kind():
    found = CliRunner().invoke(cli, ["alerts", "--root", str(ROOT), "--format", "json"])
    assert found.exit_code == 0
    alerts = json.loads(found.output)["alerts"]
    assert {a["kind"] for a in alerts} == set(KINDS)
    back = next(a for a in alerts if a["id"] == "recurrence-QI-250918-H7B")
    assert (back["covered"], back["issues"]) == (True, ["QI-261005-G3N"])
    assert any(not a["covered"] for a in alerts)
    assert len({a["id"] for a in alerts}) == len(alerts)


def test_text_says_the_sentence_and_who():
    found = CliRunner().invoke(cli, ["alerts", "--root", str(ROOT)])
    assert "AG-BR-02" in found.output
    assert "还没有登记问题; 工厂工艺" in found.output


def test_a_day_long_ago_has_no_alerts():
    found = CliRunner().invoke(cli, ["alerts", "--root", str(ROOT), "--today", "2025-01-05"])
    assert found.output.strip() == "最近几周没有预警。"
