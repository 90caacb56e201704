"""A layout becomes the bytes of an xlsx file."""
