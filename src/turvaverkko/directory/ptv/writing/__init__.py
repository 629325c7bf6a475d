"""Values into our rows, a batch at a time."""
