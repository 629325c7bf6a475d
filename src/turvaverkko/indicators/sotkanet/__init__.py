"""Sotkanet of THL: catalogue, regions and figures, brought by jobs and commands, never by a page."""
