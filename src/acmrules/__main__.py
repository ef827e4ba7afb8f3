"""`python -m acmrules` is the command line."""

import sys

from acmrules.lint.cli import main

sys.exit(main())
