"""Replays recorded support tasks against the tools and compares what the shop looks like afterwards."""
