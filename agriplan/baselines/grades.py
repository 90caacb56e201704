"""How well a figure is known (数据等级), best first."""

from typing import Literal

Grade = Literal["official", "secondary", "derived", "assumed", "reported"]
# Where figures are combined, the worst grade travels on. `reported` (自报) is a planner's own figure.
GRADES: tuple[Grade, ...] = ("official", "secondary", "reported", "derived", "assumed")
