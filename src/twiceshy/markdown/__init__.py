"""Markdown text to values and back, byte for byte; nothing in this folder opens a file."""
