"""Figures out of a table as a bureau published it: found, doubtful or unknown, none taken before it is confirmed."""
