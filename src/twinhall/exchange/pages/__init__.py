"""Many pages read at once: files, archives and addresses, on all cores."""
