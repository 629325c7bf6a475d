"""Pages of joining and editing."""
