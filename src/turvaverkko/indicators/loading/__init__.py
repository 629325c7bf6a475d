"""What packs say of indicators: national areas and populations; a county's definitions, figures and notes."""
