"""Every route fuzzed by Schemathesis from the OpenAPI document: no defect, and every response as the document says.

Fuzzed over a few records, so that an answer costs little; the answers of the packaged release are held to the same
document in ``test_routes.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.application import create_application
from api.settings import ApiSettings
from tests.api.conftest import on_a_fixed_day, running

EXAMPLES = {GenerationMode.POSITIVE: 3, GenerationMode.NEGATIVE: 4}

OPERATIONS = [
    found.ok()
    for found in schemathesis.openapi.from_asgi(
        "/openapi.json", create_application(ApiSettings(), Path("nowhere"))
    ).get_all_operations()
]

CASES = sorted(
    (
        (operation.label, mode)
        for operation in OPERATIONS
        for mode in EXAMPLES
        # What takes no parameter cannot be asked wrongly.
        if mode is GenerationMode.POSITIVE or any(operation.iter_parameters()) or operation.body
    ),
    key=lambda case: (case[0], case[1].value),
)


@pytest.fixture(scope="module")
def document(small_data: Path) -> Iterator[schemathesis.BaseSchema]:
    """The document as a real server over a few records gives it, which also answers the requests."""
    with running(on_a_fixed_day(ApiSettings(), small_data)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


@pytest.mark.parametrize(("label", "mode"), CASES, ids=lambda given: getattr(given, "value", given))
def test_no_request_makes_a_defect_or_an_answer_that_is_not_as_described(
    document: schemathesis.BaseSchema, label: str, mode: GenerationMode
) -> None:
    method, path = label.split(" ")

    @given(case=document[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def fuzz(case: Case) -> None:
        # A text that is a valid name as far as the document can tell may still name no State.
        answer = case.call()
        # An address too long to be read is refused as that, which Schemathesis does not count as a refusal.
        excluded = [positive_data_acceptance, *([negative_data_rejection] if answer.status_code == 414 else [])]
        case.validate_response(answer, excluded_checks=excluded)

    fuzz()
