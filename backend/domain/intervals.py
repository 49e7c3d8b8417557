"""How sure a share is."""

import math

#: quantile of the normal distribution for a 95 % interval
Z95 = 1.959964


def wilson(good: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of a proportion (Wilson 1927); everything is possible while n is 0."""
    if n == 0:
        return 0.0, 1.0
    share, spread = good / n, Z95 * Z95 / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * math.sqrt(share * (1 - share) / n + spread / n / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
