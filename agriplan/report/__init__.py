"""A plan for other eyes: JSON, CSV and tables for a terminal."""
