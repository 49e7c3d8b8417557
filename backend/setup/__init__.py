"""From a bare checkout to a running shop: standard library only, for it runs before anything is installed."""
