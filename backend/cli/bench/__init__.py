"""`make bench`: what things cost, each figure beside the ruler that was measured in the same run."""
