"""The small types that record fields are made of: choices, dates, weeks, references, amounts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from qloop.records.vocabulary import VOCABULARIES

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_DURATION = re.compile(r"[1-9]\d{0,3}[mhdw]", re.ASCII)


class Part(BaseModel):
    """A frozen piece of a record; unknown keys are errors.

    Canonical numbers become text where text is asked for: the loader makes numbers only of text that
    survives the way there and back, so nothing is lost.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,
        populate_by_name=False,
        str_strip_whitespace=True,
    )


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field whose text must be the id of something else (``kind``) in the archive."""

    kind: str

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core), "x-qloop-ref": self.kind}


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fixed choice; the error names the vocabulary so that a hint can offer labels and synonyms."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.custom_error_schema(
            core_schema.literal_schema(list(VOCABULARIES[self.vocabulary])),
            custom_error_type="choice",
            custom_error_message="not one of the vocabulary",
            custom_error_context={"vocabulary": self.vocabulary},
        )


def _date(value: Any) -> Any:
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no_such_date", "no such day in the calendar") from None
    if isinstance(value, dt.date):
        return value
    raise PydanticCustomError("date_format", "a date is YYYY-MM-DD")


def _week(value: Any) -> Any:
    match = _WEEK.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise PydanticCustomError("week_format", "a week is YYYY-Www")
    try:
        dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise PydanticCustomError("no_such_week", "no such ISO week") from None
    return value


def _number(value: Any) -> Any:
    """Refuse true/false where a number belongs (pydantic would count them as 1 and 0)."""
    if isinstance(value, bool):
        raise PydanticCustomError("number_type", "a number, not true or false")
    return value


def _duration(value: Any) -> Any:
    if not (isinstance(value, str) and _DURATION.fullmatch(value)):
        raise PydanticCustomError("duration_format", "a time like 15m, 2h, 3d or 1w")
    return value


Text = Annotated[str, Field(min_length=1)]
Date = Annotated[
    dt.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{_DATE.pattern}$"}),
]
Week = Annotated[
    str, BeforeValidator(_week), WithJsonSchema({"type": "string", "pattern": f"^{_WEEK.pattern}$"})
]
"""An ISO 8601 week, ``YYYY-Www``."""
Duration = Annotated[
    str, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": f"^{_DURATION.pattern}$"})
]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Count = Annotated[int, BeforeValidator(_number)]
"""A whole number; that it is not negative is a rule (numbers/negative), so that the message can say more."""

Issue = Annotated[Text, Ref("issue")]
Change = Annotated[Text, Ref("change")]
Sop = Annotated[Text, Ref("sop")]
Faq = Annotated[Text, Ref("faq")]
Sku = Annotated[Text, Ref("product")]
Factory = Annotated[Text, Ref("factory")]
Category = Annotated[Text, Ref("category")]
Role = Annotated[Text, Ref("department")]

Details = Mapping[str, str | bool | int | float]
"""Extra fields that a category or a product category asks for; typed by qloop.yml."""
