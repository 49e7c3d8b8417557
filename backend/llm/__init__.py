"""The language model: one port, one client, and what happens when it fails."""
