"""Knowledge: documents become passages, passages a hybrid index, and the index grounded, cited answers."""
