// The query editor on this server's own endpoint. It asks nobody else: no look-up of prefixes or terms elsewhere.
"use strict";
const endpoint = new URL("/sparql", window.location.href).href;
const example = `PREFIX comity: <https://w3id.org/comity/ontology#>
PREFIX schema: <https://schema.org/>
SELECT ?party ?since ?source WHERE {
  ?participation comity:instrument <https://w3id.org/comity/id/instrument/cets-185> ;
    comity:party/schema:name ?party .
  GRAPH ?source { ?participation comity:inForceOn ?since }
}
ORDER BY ?since ?party
LIMIT 100
`;
Yasgui.Yasqe.defaults.autocompleters = ["variables"];
Yasgui.Yasqe.defaults.value = example;
Yasgui.Yasqe.defaults.extraKeys.Tab = false; // the key leaves the editor, so that nobody is caught in it
Yasgui.Yasqe.defaults.extraKeys["Shift-Tab"] = false;
const yasgui = new Yasgui(document.getElementById("yasgui"), {
  requestConfig: { endpoint, method: "POST" },
  copyEndpointOnNewTab: true,
  endpointCatalogueOptions: { getData: () => [{ endpoint }] },
  persistenceId: "comity",
});
const queries = document.getElementById("queries");
queries.addEventListener("change", () => queries.value && yasgui.getTab().setQuery(queries.value));
