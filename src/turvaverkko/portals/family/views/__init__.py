"""The family's pages that are no listing: the front, the finder, emergency help, the statements."""
