"""`python -m twiceshy`."""

from twiceshy.surfaces.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
