"""Marketplace reports become weekly counts: decode, read, pick columns, count, plan weeks, write; nothing personal stays."""
