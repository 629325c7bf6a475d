"""The example requests of a demo: a made-up story, lived through by the real commands under a moved time."""
