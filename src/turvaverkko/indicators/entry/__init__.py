"""Figures entered by hand or brought in a spreadsheet: proposed by one, approved by another."""
