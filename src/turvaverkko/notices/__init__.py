"""Notices: content-free mail that waits, stops and is tried again."""
