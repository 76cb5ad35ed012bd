"""The script a host runs: `python -I -S <this file> [--host HOST]`, the hook without the costs of a command line.

It is not cached as bytecode, so it stays this short. Leaving through `os._exit` saves the interpreter's clearing up.
"""

import os
import sys

if __name__ == "__main__":
    sys.path.insert(0, __file__.replace(os.sep, "/").rsplit("/", 4)[0])
    from twiceshy.surfaces.hook import main

    code = main(sys.argv[1:])
    os._exit(code)
