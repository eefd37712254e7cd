"""From files to mappings with positions; a bad file is a value, never a crash."""
