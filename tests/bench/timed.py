"""The site as it is, but that the CPU time of each derivation of code words is written to a file, to be taken apart."""

import os
import time

from config.wsgi import application
from reporting.concern import slow
from reporting.sealing.code_words import CodeWords

__all__ = ["application"]
TIMES = os.open(os.environ["PHOENIX_BENCH_TIMES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
untimed = slow.derive


def derive(words: str, salt: bytes) -> CodeWords:
    """What it replaces, timed: seconds of this thread's CPU, a line each."""
    began = time.thread_time()
    try:
        return untimed(words, salt)
    finally:
        os.write(TIMES, f"{time.thread_time() - began}\n".encode())


slow.derive = derive
