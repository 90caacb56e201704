"""One pool of memory for all threads of a serving process.

The GNU C library would give each thread a pool of its own; what one thread frees, the others do not take. Threads of
Python wait for each other anyway.
"""

import ctypes
import os
import sys

# <malloc.h>
_M_ARENA_MAX = -8


def share_memory_pool() -> None:
    """Have threads that begin from now on take their memory from the one pool, where the C library can be told so.

    Whoever set MALLOC_ARENA_MAX, or GLIBC_TUNABLES, is not overruled.
    """
    if sys.platform == "linux" and not {"MALLOC_ARENA_MAX", "GLIBC_TUNABLES"} & os.environ.keys():
        # Other C libraries have one pool, and no such call.
        tell = getattr(ctypes.CDLL(None), "mallopt", None)
        if tell is not None:
            tell(_M_ARENA_MAX, 1)
