"""``python -m qloop``."""

from qloop.cli import main

main()
