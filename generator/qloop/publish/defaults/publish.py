"""MkDocs' events, passed on to qloop: the only file that MkDocs knows of us."""

from __future__ import annotations

from qloop import hook

on_config = hook.on_config
on_files = hook.on_files
on_page_markdown = hook.on_page_markdown
on_page_content = hook.on_page_content
on_post_page = hook.on_post_page
on_post_build = hook.on_post_build


def on_serve(server, config, builder):  # type: ignore[no-untyped-def]
    return hook.on_serve(server, config)
