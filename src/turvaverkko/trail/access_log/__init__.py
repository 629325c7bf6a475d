"""Who has looked at whose data: entries, their seals, and how both are verified."""
