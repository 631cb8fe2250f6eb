"""The command line: ``twinhall demo``, ``twinhall serve``, ``twinhall load facts FILE…``."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "twinhall.settings")
    execute_from_command_line(["twinhall", *sys.argv[1:]])


if __name__ == "__main__":
    main()
