"""The next period's plan folder, made from this one's data and results."""
