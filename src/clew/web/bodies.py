"""Bodies and queries as clients write them, read strictly: a number in quotes is not a number."""

from collections.abc import Generator
from typing import Any, TypeVar, cast

import msgspec
from litestar.dto import AbstractDTO
from litestar.dto.data_structures import DTOFieldDefinition
from litestar.exceptions import ValidationException
from litestar.typing import FieldDefinition

from clew.wire.errors import ApiError
from clew.wire.problems import problem_and_path

T = TypeVar("T")


def read_json(raw: bytes, shape: type[T]) -> T:
    """Raises ``malformed`` for what is no JSON, ``invalid`` with the field's path for what has another shape."""
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise invalid(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ApiError("malformed", "That is not JSON.") from error


def invalid(problem: str) -> ApiError:
    """The error for a sentence of msgspec's; the field's path goes into the details."""
    sentence, path = problem_and_path(problem)
    return ApiError("invalid", f"{sentence}.", {"path": path})


def invalid_query(exception: ValidationException) -> ApiError:
    """The error for a query that Litestar refused, or for a body that is not there."""
    problems = cast("list[dict[str, str]]", exception.extra or [{}])
    first = problems[0]
    if first.get("key") == "data":
        return ApiError("malformed", "That needs a body of JSON.")
    return ApiError("invalid", f"{first.get('message', 'That is not allowed')}.", {"path": first.get("key", "")})


class StrictBody(AbstractDTO[T]):
    """Reads a request's body as its msgspec struct, without Litestar's kindness to wrong types."""

    @classmethod
    def create_for_field_definition(cls, *_: Any, **__: Any) -> None:
        """Nothing to prepare: the struct is its own shape."""

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Generator[DTOFieldDefinition, None, None]:
        raise NotImplementedError(f"{model_type} is read whole")

    @classmethod
    def detect_nested_field(cls, field_definition: FieldDefinition) -> bool:
        raise NotImplementedError(f"{field_definition} is read whole")

    @classmethod
    def create_openapi_schema(cls, field_definition: FieldDefinition, handler_id: str, schema_creator: Any) -> Any:  # noqa: ARG003
        return schema_creator.for_field_definition(field_definition)

    def decode_bytes(self, value: bytes) -> T:
        return read_json(value, self.model_type)


class UnreadBody(StrictBody[T]):
    """Described as its type, and handed on as it came: only who knows the game can read it."""

    def decode_bytes(self, value: bytes) -> Any:
        return value


def unread_body(shape: Any) -> type[AbstractDTO[Any]]:
    """An ``UnreadBody`` of this type, or union of types."""
    return type("UnreadBodyOfMany", (UnreadBody,), {"model_type": shape})


def strict_body(shape: Any) -> type[AbstractDTO[Any]]:
    """A ``StrictBody`` of a type that only the running server knows; unlike Litestar's own it may be a union."""
    return type("StrictBodyOfMany", (StrictBody,), {"model_type": shape})
