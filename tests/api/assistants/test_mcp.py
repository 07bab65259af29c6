"""The tools as an assistant's client sees them: in this process, and over standard input."""

import sys
from contextlib import asynccontextmanager

import anyio
from mcp import Client, StdioServerParameters

from api.assistants.asking import api_of
from api.assistants.server import mcp_server

from ..data_release import FOREST, WATER, ids, text_of

TOOLS = {"find_units", "figures", "compare", "findings", "passage", "sparql"}


@asynccontextmanager
async def assistant(place):
    async with api_of(str(place)) as api, Client(mcp_server(api)) as client:
        yield client


def text(result):
    return "\n".join(part.text for part in result.content)


def ask(place, *questions):
    """The answers of a client that asks one tool after the other."""

    async def run():
        async with assistant(place) as client:
            return [text(await client.call_tool(tool, given)) for tool, given in questions]

    return anyio.run(run)


def test_the_tools_only_read_and_say_what_they_are_for(data_address):
    async def run():
        async with assistant(data_address) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in anyio.run(run)}
    assert tools.keys() == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())
    assert set(tools["figures"].input_schema["required"]) == {"unit"}


def test_answers_cite_passages_with_line_words_and_link(data_address):
    unit = ids()[WATER]
    found, figures, compared, findings = ask(
        data_address,
        ("find_units", {"q": "shuiwu"}),
        ("figures", {"unit": unit, "year": [2023], "function": ["2010301"], "phase": ["final"]}),
        ("compare", {"units": [unit, ids()[FOREST]], "year": [2023]}),
        ("findings", {"unit": [unit]}),
    )
    assert f"(id {unit})" in found
    quoted = text_of(WATER, 2023).splitlines()[1]
    link = f"{data_address}/report/{unit}/2023/source.html?char="
    assert "951000 yuan (printed “95.10” 万元)" in figures
    assert f"[line 2 “{quoted}”]({link}" in figures
    assert f"{FOREST}: 610000 yuan" in compared
    assert "violation completion-rate" in findings
    assert quoted in findings


def test_a_passage_and_a_query(data_address):
    query = """PREFIX bud: <https://w3id.org/juesuan/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?passage { ?f a bud:Figure ; bud:amount 440000.0 ; prov:wasDerivedFrom ?passage }"""
    [rows] = ask(data_address, ("sparql", {"query": query}))
    assert ids()[FOREST] in rows
    start = text_of(FOREST, 2023).index("44")
    iri = f"https://w3id.org/juesuan/report/{ids()[FOREST]}/2023/source#char={start},{start + 2}"
    assert iri in rows
    [passage] = ask(data_address, ("passage", {"iri": iri, "around": 1}))
    assert f">>> {text_of(FOREST, 2023).splitlines()[1]}" in passage


def test_what_is_wrong_is_told(data_address):
    async def run():
        async with assistant(data_address) as client:
            return await client.call_tool("figures", {"unit": "nobody"})

    result = anyio.run(run)
    assert result.is_error
    assert "There is nothing here by the name https://w3id.org/juesuan/unit/nobody" in text(result)


def test_a_directory_over_standard_input_and_output(data_release):
    async def run():
        arguments = ["-c", "from kg.commands import main; main()", "mcp", str(data_release)]
        program = StdioServerParameters(command=sys.executable, args=arguments)
        async with Client(program) as client:
            return text(await client.call_tool("find_units", {"q": "林业"}))

    link = f"https://w3id.org/juesuan/report/{ids()[FOREST]}/2023"
    assert link in anyio.run(run)
