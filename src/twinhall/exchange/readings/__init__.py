"""Pages that were read for a desk: what they state waits as facts until a person decides on each of them."""
