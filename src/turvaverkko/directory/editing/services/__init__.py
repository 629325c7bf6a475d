"""Writes of joining and editing: commands, each with its right and its line in the trail."""
