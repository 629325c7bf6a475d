"""Reports of an evaluation: a page, the same as a tagged PDF, a spreadsheet and open data."""
