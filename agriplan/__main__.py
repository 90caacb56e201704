"""`python -m agriplan` is `agriplan`; whoever stops it while it loads is told so too."""

import gc
import sys

from agriplan.stopping import Stops, typed_lang


def start_command_line() -> None:
    """Run the command line, which takes a moment to load."""
    stops = Stops()
    try:
        stops.listen()
        from agriplan.cli import main

        main()
    except SystemExit:
        raise
    except BaseException as stop:  # whatever the stop was made into by code that it fell into
        if stops.last is None and not isinstance(stop, KeyboardInterrupt):  # one before it was listened for
            raise
        from agriplan.sentences import say

        sys.stderr.write(f"{say('problem.stopped', typed_lang())}\n")
        sys.exit(2)
    finally:
        stops.end()  # all is said; while Python takes itself apart the signal would end it as if it were not
        gc.freeze()  # nor is it looked through for garbage once more: an eighth of the time that a first workbook takes


if __name__ == "__main__":
    start_command_line()
