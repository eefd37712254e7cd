"""MkDocs' events, passed on to qloop: the only file that MkDocs knows of us."""

from __future__ import annotations

from qloop.publish import bridge

on_config = bridge.on_config
on_files = bridge.on_files
on_post_build = bridge.on_post_build


def on_serve(server, config, builder):  # type: ignore[no-untyped-def]
    return bridge.on_serve(server, config)
