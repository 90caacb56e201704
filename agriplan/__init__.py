"""Planning for regional livestock and forage commitments: projection, gap, allocation, milestones, workbooks."""

__version__ = "0.1.0"
