"""Writes of the room: asking, answering, correcting, and what checks of addresses found."""
