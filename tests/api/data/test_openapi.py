"""What OpenAPI promises is kept: clients can be made from it, and any question is answered so."""

import openapi_spec_validator
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks

from api.data.models.answers import Page
from api.routes import data as routes

OPERATIONS = {
    "list_units", "get_unit", "list_unit_figures", "list_observations", "list_findings",
    "list_indicators", "list_projects", "compare_units", "list_code_lists", "list_codes",
    "get_passage",
}  # fmt: skip
checks.load_all_checks()
CHECKS = [
    checks.CHECKS.get_one(name)
    for name in ("not_a_server_error", "status_code_conformance", "content_type_conformance",
                 "response_schema_conformance", "response_headers_conformance")
]  # fmt: skip


@pytest.fixture(scope="module")
def description(data):
    return data.get("/openapi.json").json()


def operations(description):
    return {
        get["operationId"]: get
        for path, item in description["paths"].items()
        if path.startswith("/api/") and (get := item.get("get"))
    }


def test_the_description_is_valid(description):
    openapi_spec_validator.validate(description)


def test_each_operation_is_described_with_its_parameters_and_problems(description):
    found = operations(description)
    assert set(found) == OPERATIONS
    for operation in found.values():
        assert operation["summary"]
        problem = operation["responses"]["default"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert "422" not in operation["responses"]
        for parameter in operation.get("parameters", []):
            explained = parameter.get("description") or parameter["schema"].get("description")
            assert explained, parameter


def test_each_field_of_a_record_has_a_type_that_is_there(description):
    schemas = description["components"]["schemas"]
    observation = schemas["Observation"]["properties"]
    assert observation["amount"]["anyOf"][0]["type"] == "string"
    assert {"iri", "printedUnit", "passage", "countUnit"} <= observation.keys()
    assert schemas["Page_Observation_"]["required"] == ["items", "next"]
    assert Page[int](items=[1], next=None).next is None


@pytest.fixture(scope="module")
def schema(description):
    return schemathesis.openapi.from_dict(description).include(path_regex="^/api/")


def test_any_question_is_answered_as_described(schema, data_address):
    for result in schema.get_all_operations():
        _fuzz(result.ok(), data_address)


def _fuzz(operation, address):
    @given(case=operation.as_strategy())
    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        answer = case.call(base_url=address)
        case.validate_response(answer, checks=CHECKS)

    ask()


def test_examples_of_the_description_are_answered(data, description):
    for path, item in description["paths"].items():
        if not path.startswith("/api/") or "{" in path or path in ("/api/compare", "/api/passage"):
            continue
        for parameter in item["get"]["parameters"]:
            for example in parameter["schema"].get("examples", []):
                answer = data.get(path, params={parameter["name"]: example})
                assert answer.status_code == 200, (path, parameter["name"], answer.text)


def test_routes_are_documented():
    assert all(route.summary for route in routes.router.routes if "HEAD" not in route.methods)
