"""The names of a release: what they are names of, found by what people type for them."""
