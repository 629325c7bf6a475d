"""The technical administrator's pages."""
