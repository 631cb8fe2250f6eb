"""The lists as machines read them: their columns, which do not change, and their rows.

A column that is published keeps its name and its meaning. docs/files.md tells them all, and a test reads it.
"""
