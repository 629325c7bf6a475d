"""Migrations of `turvaverkko.notices`."""
