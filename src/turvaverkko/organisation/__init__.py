"""The county: areas, municipalities, organisations, units, staff, settings, packs."""
