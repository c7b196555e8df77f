"""Processes that do not outlive the one that started them, even if that is killed."""

import os
import sys
from collections.abc import Sequence
from typing import Final

_DIE_WITH_PARENT: Final = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit("the parent is gone")
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Run between us and the program: PR_SET_PDEATHSIG outlives the exec. A hook after the fork could hang with threads."""


def dying_with_us(command: Sequence[str]) -> list[str]:
    """The command, changed so that its process is killed once the thread that starts it ends. The program by its path.

    On Linux only; elsewhere it is as it was, and a child of a killed process goes on.
    """
    if sys.platform != "linux":
        return list(command)
    return [sys.executable, "-I", "-S", "-c", _DIE_WITH_PARENT, str(os.getpid()), *command]
