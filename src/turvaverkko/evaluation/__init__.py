"""Evaluation: the tree of goals, rounds that freeze, and what is said of a goal in each."""
