"""qloop 品质闭环: a quality knowledge base that lives in git."""

__version__ = "0.1.0"
