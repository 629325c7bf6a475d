"""Packs: a county, or the nation, as a folder of YAML and CSV files that is checked and then applied."""
