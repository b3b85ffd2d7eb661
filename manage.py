#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it joins, or starts, this clone's embedded servers."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    if not os.environ.get("DATABASE_URL"):
        from local.servers import ensure_environment

        ensure_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
