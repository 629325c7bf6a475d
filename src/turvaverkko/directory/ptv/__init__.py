"""The Finnish Service Catalogue (Palvelutietovaranto, PTV): brought by jobs and commands, given out again."""
