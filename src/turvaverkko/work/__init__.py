"""Anything that waits for somebody, and by when: work items and their deadlines."""
