"""How a program is called wherever people, systems and other programs meet it: all of it from its one name."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from clew.stores.folder import DataFolder
from clew.wiring.settings import default_data_folder

OURS: Final = "clew"
"""Texts of the runtime speak of this command, and its options of variables called like it."""
_COMMAND: Final = re.compile(rf"`{OURS}(?=[ `])")


@dataclass(frozen=True)
class Words:
    """Of the program of this name. Two programs on one machine, broker or browser take nothing from each other."""

    name: str

    @property
    def title(self) -> str:
        """What it calls itself in a sentence."""
        return self.name.capitalize()

    @property
    def cookie(self) -> str:
        """In which a browser keeps who it is."""
        return f"{self.name}_session"

    def variable(self, ours: str) -> str:
        """The environment variable by which its people give what ours is called so."""
        return f"{self.name.upper().replace('-', '_')}_{ours.removeprefix(f'{OURS.upper()}_')}"

    def named_in(self, text: str) -> str:
        """A text in which a command is named as its people type it: `clew migrate` is `NAME migrate`."""
        return _COMMAND.sub(f"`{self.name}", text)

    def folder(self, chosen: Path | None) -> DataFolder:
        """The data folder that was chosen, or where an installed program of this name keeps its data."""
        return DataFolder((chosen or default_data_folder(self.name)).expanduser().absolute(), self.name)
