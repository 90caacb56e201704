"""`python -m agriplan` is `agriplan`."""

from agriplan.cli import main

if __name__ == "__main__":
    main()
