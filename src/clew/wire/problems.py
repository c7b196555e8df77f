"""What is wrong with a message of the right syntax, and where: msgspec's sentences, taken apart."""

import re
from typing import Final

_FIELD_IN_MESSAGE: Final = re.compile(r"Object (?:contains unknown|missing required) field `(?P<name>[^`]*)`")
_PATH_IN_MESSAGE: Final = re.compile(r" - at (?:`(?P<value>[^`]*)`|.*`(?P<key>\$[^`]*)`)$")


def problem_and_path(message: str) -> tuple[str, str]:
    """The sentence without its place, and the field's path (``steps[0].vector``); empty for the whole message."""
    match = _PATH_IN_MESSAGE.search(message)
    path = (match.group("value") or match.group("key") or "$") if match else "$"
    problem = message[: match.start()] if match else message
    field = _FIELD_IN_MESSAGE.match(problem)
    if field is not None:  # msgspec says where the object is: a form wants to know which field
        path = f"{path}.{field['name']}"
    return problem, path.removeprefix("$").removeprefix(".")
