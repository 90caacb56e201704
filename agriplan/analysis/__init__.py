"""What follows from plans: comparison, sensitivity, outlook and the sentences that a planner must read."""
