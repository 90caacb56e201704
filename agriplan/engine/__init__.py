"""The arithmetic of planning: a scenario and the data give a plan. Pure functions of tables."""
