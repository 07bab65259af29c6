// The SPARQL editor of /sparql: YASGUI, asking this site alone, with words of its own ontology.
// Without JavaScript, or where this was not built, the form of the page stays.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";

const place = document.getElementById("editor");
const words = await (await fetch(place.dataset.words)).json();
const { Yasqe } = Yasgui;

// Completes terms from a list of ours; a built-in completer says where such a term may stand.
const complete = (kind, terms) => {
  const name = `juesuan-${kind}`;
  const labels = new Map(terms.map(({ iri, label }) => [iri, label]));
  Yasqe.registerAutocompleter({
    ...Yasqe.Autocompleters[kind],
    name,
    bulk: false,
    autoShow: true,
    persistenceId: null,
    get: (_, token) => {
      const typed = (token?.autocompletionString ?? "").toLowerCase();
      const fits = ({ iri, label }) => iri.toLowerCase().startsWith(typed) || label.includes(typed);
      return terms.filter(fits).map(({ iri }) => iri).slice(0, 200);
    },
    postprocessHints: (_, hints) =>
      hints.map((hint) => {
        const iri = Object.entries(words.prefixes).reduce(
          (text, [prefix, start]) => (text.startsWith(`${prefix}:`) ? start + text.slice(prefix.length + 1) : text),
          hint.text.replace(/^<|>$/g, ""),
        );
        return { ...hint, displayText: `${hint.text}  ${labels.get(iri) ?? ""}` };
      }),
  });
  return name;
};

Yasqe.registerAutocompleter({
  ...Yasqe.Autocompleters.prefixes,
  name: "juesuan-prefixes",
  persistenceId: null,
  get: () => Object.entries(words.prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
});
Yasqe.defaults.autocompleters = [
  "juesuan-prefixes",
  complete("property", words.properties),
  complete("class", words.classes),
  "variables",
];

// IRIs of the data lead to their pages here, wherever this site is.
const here = (iri) => (iri.startsWith(words.base) ? new URL(words.root + iri.slice(words.base.length), location).href : iri);

const form = document.getElementById("plain-editor");
const query = form.elements.query.value.trim() + "\n";
const yasgui = new Yasgui(place, {
  requestConfig: { endpoint: new URL(form.getAttribute("action"), location).href.split("?")[0], method: "GET" },
  copyEndpointOnNewTab: true,
  // What is asked for by address is in the page's form; tabs are not kept from one visit to the next.
  populateFromUrl: false,
  persistenceId: null,
  yasqe: {
    value: query,
    persistenceId: null,
    screenReaderLabel: words.label,
    showQueryButton: true,
    createShareableLink: (yasqe) => `${location.origin}${location.pathname}?query=${encodeURIComponent(yasqe.getValue())}`,
  },
  yasr: { prefixes: words.prefixes, persistenceId: null, plugins: { table: { dynamicConfig: { uriHrefAdapter: here } } } },
});
yasgui.getTab().setQuery(query);
// The answer that came with the page stays until another is asked for.
yasgui.on("query", () => document.getElementById("answer")?.remove());
// What scrolls can be reached by keyboard.
place.querySelector(".CodeMirror-scroll").tabIndex = 0;
form.hidden = true;
place.hidden = false;
yasgui.getTab().getYasqe().refresh();
