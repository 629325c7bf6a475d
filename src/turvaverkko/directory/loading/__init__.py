"""Loading: the national base and the directory's sections of a county pack."""
