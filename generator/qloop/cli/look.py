"""``qloop show``, ``rules`` and ``schema``: look something up in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qloop.cli.options import Refused, root_option
from qloop.cli.words import say, words

if TYPE_CHECKING:
    from qloop.rules.base import Rule
    from qloop.show import Shown
    from qloop.texts import Texts

KINDS = ("issue", "change", "sop", "faq", "review", "settings", "products", "factories")


@click.command(help=say("show.help"), short_help=say("show.short"))
@root_option
@click.argument("id")
def show(root: Path, id: str) -> None:
    from qloop import pipeline
    from qloop.nearest import nearest
    from qloop.show import find, names

    checked = pipeline.check(root)
    shown = find(checked.archive, id, checked.texts)
    if shown is None:
        guess = nearest(id, names(checked.archive))
        key = "cli.show.unknown-nearest" if guess else "cli.show.unknown"
        raise Refused(checked.texts(key, id=id, nearest=guess), checked.texts.language, exit_code=1)
    _print(shown, checked.texts)
    for diagnostic in checked.diagnostics:
        if diagnostic.place.path == shown.path:
            click.echo(str(diagnostic))


def _print(shown: Shown, texts: Texts) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    console.print(Text(f"{shown.id}  {shown.title}", "bold"))
    console.print(Text(f"{shown.kind} · {shown.path}", "dim"))
    facts = Table.grid(padding=(0, 2))
    facts.add_column(no_wrap=True)
    facts.add_column(overflow="fold")
    for label, value in shown.facts:
        facts.add_row(Text(label, "cyan"), Text(value))
    console.print(facts)
    for key, rows in (("cli.show.links", shown.links), ("cli.show.backlinks", shown.backlinks)):
        if rows:
            table = Table.grid(padding=(0, 2))
            for row in rows:
                table.add_row(Text(f"  {row[0]}", "dim"), Text(row[1]), Text(row[2]))
            console.print(Text(texts(key), "bold"))
            console.print(table)


@click.command(help=say("schema.help"), short_help=say("schema.short"))
@click.argument("kind", type=click.Choice(KINDS))
def schema(kind: str) -> None:
    import json

    from qloop.schema import schema as of
    from qloop.texts import load

    answer = json.dumps(of(kind, load(words().language)), ensure_ascii=False, indent=2)
    click.echo(f"{answer}\n".encode(), nl=False)


@click.command(help=say("rules.help"), short_help=say("rules.short"))
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text",
              help=say("rules.format"))  # fmt: skip
@click.argument("id", required=False)
def rules(form: str, id: str | None) -> None:
    from qloop.nearest import nearest
    from qloop.rules import all_rules
    from qloop.texts import load

    known = all_rules()
    if id is not None and id not in known:
        guess = nearest(id, known)
        key = "rules.unknown-nearest" if guess else "rules.unknown"
        raise Refused(say(key, id=id, nearest=guess), exit_code=1)
    chosen = [known[id]] if id else list(known.values())
    render = {"text": _text, "json": _json, "markdown": _markdown}[form]
    click.echo(render(chosen, load(words().language), id is not None).encode(), nl=False)


def _row(rule: Rule, texts: Texts) -> dict[str, object]:
    return {
        "id": rule.id, "severity": rule.severity, "title": title(rule, texts), "relaxable": rule.relaxable,
        "about": about(rule, texts), "bad": rule.sample("Bad"), "good": rule.sample("Good"),
    }  # fmt: skip


def title(rule: Rule, texts: Texts) -> str:
    """The rule's title in the reader's language."""
    return texts(f"rules.{rule.id}.title")


def about(rule: Rule, texts: Texts) -> str:
    """What the rule asks and why, in the reader's language."""
    return texts(f"rules.{rule.id}.about")


def _json(chosen: list[Rule], texts: Texts, one: bool) -> str:
    import json

    return json.dumps([_row(r, texts) for r in chosen], ensure_ascii=False, indent=2) + "\n"


def _text(chosen: list[Rule], texts: Texts, one: bool) -> str:
    if one:
        return _explained(chosen[0], texts)
    width = max(len(r.id) for r in chosen)
    return "".join(f"{r.id:{width}}  {r.severity:7}  {title(r, texts)}\n" for r in chosen)


def _explained(rule: Rule, texts: Texts) -> str:
    import textwrap

    level = texts.label("severity-of-finding", rule.severity)
    parts = [f"{rule.id} ({level}): {title(rule, texts)}", about(rule, texts)]
    parts += [texts("cli.rules.relaxable", id=rule.id)] if rule.relaxable else []
    for which, key in (("Bad", "cli.rules.bad"), ("Good", "cli.rules.good")):
        if sample := rule.sample(which):
            parts.append(f"{texts(key)}\n\n{textwrap.indent(sample, '    ')}")
    return "\n\n".join(parts) + "\n"


def _markdown(chosen: list[Rule], texts: Texts, one: bool) -> str:
    """A chapter a rule, as the site's rule page shows it."""
    chapters = []
    for rule in chosen:
        level = texts.label("severity-of-finding", rule.severity)
        lines = [f"## {rule.id}", "", f"**{title(rule, texts)}** ({level})", "", about(rule, texts), ""]
        for which, key in (("Bad", "cli.rules.bad"), ("Good", "cli.rules.good")):
            if sample := rule.sample(which):
                lines += [texts(key), "", "```yaml", sample, "```", ""]
        chapters.append("\n".join(lines))
    return "\n".join(chapters)
