"""Fills a shop from files: a source reads rows of one format, the loader writes what changed."""
