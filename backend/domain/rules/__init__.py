"""The rules of the shop as pure functions: an order, its policy and the time in, a Verdict out."""
