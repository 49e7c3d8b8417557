"""The same turn built with other frameworks; each runs in a process of its own and prints what it measured as JSON."""
