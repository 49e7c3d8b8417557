"""The product graph and the catalogue's search: comparison, compatibility, similar, and what a shopper's words mean."""
