"""The service: pages, API and server. Flask and its extensions live here and nowhere else."""
