"""Threads of a serving process share one pool of memory, unless whoever runs the service has said otherwise."""

import os
import subprocess
import sys

import pytest

# As many threads as allocate at once, and how many pools the C library then tells of.
COUNTED = """
import ctypes, sys
from threading import Barrier, Thread
from agriplan.web.memory_pool import share_memory_pool

if sys.argv[1:]:
    share_memory_pool()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.fopen.restype = ctypes.c_void_p, ctypes.c_void_p
here = Barrier(8)

def take():
    here.wait()
    libc.malloc(1000)
    here.wait()

threads = [Thread(target=take) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
file = libc.fopen(b"/dev/stdout", b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fflush(ctypes.c_void_p(file))
"""


def pools(*words: str, **variables: str) -> int:
    said = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    done = subprocess.run(
        [sys.executable, "-c", COUNTED, *words], env=said | variables, capture_output=True, text=True, check=True
    )
    return done.stdout.count("<heap ")


@pytest.mark.skipif(
    sys.platform != "linux" or not os.confstr("CS_GNU_LIBC_VERSION"), reason="only the GNU C library has pools"
)
def test_threads_share_one_pool_of_memory_unless_the_environment_says_how_many():
    assert pools() > 1
    assert pools("shared") == 1
    assert pools("shared", MALLOC_ARENA_MAX="3") == 3
