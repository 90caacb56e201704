"""Kills a program at each step that it takes in the package, so that a test may look at what is left."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import agriplan

PACKAGE = str(Path(agriplan.__file__).parent)
KILLED, FAILED = 9, 3


def killed_at_steps(begin: Callable[[], Callable[[], object]], every: int = 1) -> Iterator[int]:
    """Kill the program that `begin` prepares at its first step, then at later ones; yields the step after each kill.

    A step is a call of a function of the package or out of it, whatever it does to the disk. The last program is not
    killed, and nothing is yielded after it.
    """
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    step = 1
    while _ends_with(begin(), step) == KILLED:
        yield step
        step += every


def _ends_with(program: Callable[[], object], last: int) -> int:
    child = os.fork()
    if child == 0:
        ended = FAILED
        try:
            sys.setprofile(_killer(last))
            program()
            ended = 0
        finally:
            os._exit(ended)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, KILLED), "the program fails without being killed"
    return ended


def _killer(last: int) -> Callable[[FrameType, str, Any], None]:
    left = last

    def see(frame: FrameType, event: str, _: Any) -> None:
        nonlocal left
        callers = (frame, frame.f_back) if event == "call" else (frame,)
        if event in ("call", "c_call") and any(one and one.f_code.co_filename.startswith(PACKAGE) for one in callers):
            left -= 1
            if not left:
                os._exit(KILLED)

    return see
