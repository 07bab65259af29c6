"""The tools of the MCP server: what they are for is told to assistants by their docstrings."""

from __future__ import annotations

import json
from typing import Annotated

from mcp.server import MCPServer
from mcp_types import ToolAnnotations
from pydantic import Field

import kg
from api.assistants import citing
from api.assistants.asking import Api

_INSTRUCTIONS = """Final accounts (部门决算) of Chinese government units, each number with the line
of the report that states it. Find the unit first, then ask for its figures. Cite the passages:
every answer quotes them and links to them. Amounts are exact, in yuan. What two places of a report
state differently is a finding."""
_READ_ONLY = ToolAnnotations(read_only_hint=True, open_world_hint=False)
#: The longest answer to a query that is passed on, in characters.
_MOST = 20_000

Units = Annotated[list[str], Field(description="Ids of units, as find_units gives them")]
Years = Annotated[list[int] | None, Field(description="Fiscal years")]
Code = Annotated[
    list[str] | None, Field(description="Codes; what isn't given is any, 'all' is the total")
]
Limit = Annotated[int, Field(ge=1, le=200)]


class Tools:
    """What assistants may ask."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def register(self, server: MCPServer) -> None:
        """Let a server offer them."""
        for tool in (
            self.find_units, self.figures, self.compare, self.findings, self.passage, self.sparql,
        ):  # fmt: skip
            server.tool(annotations=_READ_ONLY, structured_output=False)(tool)

    async def find_units(self, *, q: str, region: str | None = None, limit: Limit = 10) -> str:
        """Units whose names hold some words (Chinese or pinyin), perhaps in a region (420103)."""
        found = await self._api.get("/api/units", {"q": q, "region": region, "limit": limit})
        return citing.listed(map(citing.unit, found["items"]), found["next"])

    async def figures(
        self,
        *,
        unit: Annotated[str, Field(description="A unit's id")],
        year: Years = None,
        function: Code = None,
        phase: Code = None,
        flow: Code = None,
        fund: Code = None,
        nature: Code = None,
        economic: Code = None,
        item: Code = None,
        place: Code = None,
        limit: Limit = 50,
    ) -> str:
        """A unit's figures, by what they are about, each with the passage that states it.

        phase: initial-budget, adjusted-budget, final; flow: income, expenditure; fund: general,
        government-fund, state-capital, fiscal; nature: basic, project, personnel, operating;
        function: 科目 of 3, 5 or 7 digits, 201* with all under it; place: tables T01 to T09,
        sections S01 to S13.
        """
        asked = {
            "year": year, "function": function, "phase": phase, "flow": flow, "fund": fund,
            "nature": nature, "economic": economic, "item": item, "place": place, "limit": limit,
        }  # fmt: skip
        found = await self._api.get(f"/api/units/{unit}/figures", asked)
        return citing.listed(map(citing.figure, found["items"]), found["next"])

    async def compare(
        self,
        *,
        units: Units,
        year: Years = None,
        function: Code = None,
        phase: Code = None,
        flow: Code = None,
        limit: Limit = 30,
    ) -> str:
        """Units side by side, in totals or by function, each figure with its passage."""
        asked = {
            "units": units, "year": year, "function": function, "phase": phase, "flow": flow,
            "limit": limit,
        }  # fmt: skip
        return citing.compared(await self._api.get("/api/compare", asked))

    async def findings(
        self,
        *,
        unit: Annotated[list[str] | None, Field(description="Ids of units")] = None,
        year: Years = None,
        rule: Annotated[list[str] | None, Field(description="Ids of rules")] = None,
        severity: Annotated[list[str] | None, Field(description="violation, warning")] = None,
        limit: Limit = 20,
    ) -> str:
        """Contradictions found in reports, with all the passages that they rest on."""
        asked = {"unit": unit, "year": year, "rule": rule, "severity": severity, "limit": limit}
        found = await self._api.get("/api/findings", asked)
        return citing.listed(map(citing.finding, found["items"]), found["next"])

    async def passage(self, *, iri: str, around: Annotated[int, Field(ge=0, le=50)] = 3) -> str:
        """A passage of a report (…/source#char=1234,1240) with the lines around it."""
        return citing.excerpt(await self._api.get("/api/passage", {"iri": iri, "around": around}))

    async def sparql(self, *, query: str) -> str:
        """A SPARQL 1.1 SELECT or ASK over all data, for what no other tool answers.

        Declare PREFIX bud: <https://w3id.org/juesuan/ontology#>; a bud:Figure has bud:unit,
        bud:fiscalYear (xsd:gYear), bud:flow, bud:fund, bud:phase, bud:nature, bud:function,
        bud:economic, bud:item, bud:amount (yuan) and prov:wasDerivedFrom (its passage, to cite).
        """
        found = await self._api.get("/sparql", {"query": query}, "application/sparql-results+json")
        text = json.dumps(found, ensure_ascii=False)
        return text if len(text) <= _MOST else f"{text[:_MOST]}…\nCut off: ask for less (LIMIT)."


def mcp_server(api: Api) -> MCPServer:
    """The server that asks `api`."""
    server = MCPServer("juesuan", instructions=_INSTRUCTIONS, version=kg.__version__)
    Tools(api).register(server)
    return server
