"""The data folder: records, rows, consistency and comparable years, read into one frozen `Baselines`."""
