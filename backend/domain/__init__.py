"""Plain frozen types and the rules of the shop; imports nothing of ours."""
