"""Who may see what of a family, on which basis, until when: the one gate."""
