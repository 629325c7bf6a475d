"""The pages of the directory: each fetches once, turns values into components and answers."""
