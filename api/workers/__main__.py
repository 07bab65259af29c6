"""The process that loads a release and forks workers; the server starts it."""

import sys

from api.workers.nursery import main

main(int(sys.argv[1]))
