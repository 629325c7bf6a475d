"""Pages of the room: the organisation's own behind its link, and those of editors."""
