"""The reads behind the front door `directory.api`: each in a constant number of queries."""
