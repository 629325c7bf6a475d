"""Which family centre is mine: from what somebody types to an honest answer."""
