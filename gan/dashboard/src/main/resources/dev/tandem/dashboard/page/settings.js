// Settings of the chosen runs, beside each other.

import {h, put} from "./dom.js";
import {chosen} from "./state.js";

export function settingsView(panel) {
  const runs = chosen();
  const several = runs.length > 1;
  const filter = h("input", {type: "search", id: "setting", placeholder: "Filter settings", "aria-label": "Filter settings", oninput: () => draw()});
  const only = h("input", {type: "checkbox", checked: several, onchange: () => draw()});
  const table = h("div", {class: "scroll", tabIndex: 0, role: "region", "aria-label": "Settings"});
  const starts = h("div", {class: "stack"});
  let details = new Map();
  let shown = "";
  put(panel, h("section", {class: "card"}, h("header", {}, h("h2", {}, several ? "Differences" : "Settings")),
    h("div", {class: "tools"}, filter, several ? h("label", {class: "check"}, only, "only what differs") : null), table), starts);

  function rows() {
    const all = runs.map((run) => details.get(run.id)?.settings ?? {});
    const names = [...new Set(all.flatMap(Object.keys))];
    return names.map((name) => {
      const values = all.map((settings) => settings[name] ?? null);
      return {name, values, differs: values.some((value) => value !== values[0])};
    });
  }

  function draw() {
    const words = filter.value.toLowerCase();
    const all = rows();
    const some = all.filter((row) => (!several || !only.checked || row.differs)
      && (row.name.toLowerCase().includes(words) || row.values.some((value) => value?.toLowerCase().includes(words))));
    const none = all.length === 0 ? "No config.yaml: nothing says what this run was asked for." : several && only.checked && !words
      ? "All settings are equal." : "No setting is called so.";
    put(table, some.length === 0 ? h("p", {class: "hint"}, none) : h("table", {},
      h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Setting"), runs.map((run) => h("th", {scope: "col"}, several ? run.id : "Value")))),
      h("tbody", {}, some.map((row) => h("tr", {class: several && row.differs ? "differs" : ""}, h("th", {scope: "row"}, row.name),
        row.values.map((value) => h("td", {}, value ?? "–")))))));
    put(starts, runs.map((run) => start(run, details.get(run.id))));
  }

  function start(run, told) {
    const list = Array.isArray(told?.starts) ? told.starts : [];
    if (!told || (list.length === 0 && told.changes.length === 0)) return null;
    return h("section", {class: "card"},
      h("header", {}, h("h2", {}, several ? `${run.id}: starts` : "Starts")),
      told.changes.length ? [h("h3", {}, "Changed when it went on"), h("ul", {class: "plain"}, told.changes.map((change) => h("li", {}, change)))] : null,
      list.map((one, i) => h("details", {open: i === list.length - 1 && !several},
        h("summary", {}, `${one.date ?? ""}, from round ${one.round ?? 0}`),
        h("pre", {tabIndex: 0}, one.command ?? ""),
        h("dl", {class: "facts"}, facts(one)))));
  }

  function facts(one) {
    const flat = [];
    const walk = (name, value) => {
      if (value !== null && typeof value === "object") for (const [key, inner] of Object.entries(value)) walk(name ? `${name}: ${key}` : key, inner);
      else if (!["date", "command", "round"].includes(name)) flat.push([name, value]);
    };
    walk("", one);
    return flat.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value === null ? "–" : String(value))]);
  }

  return {
    update(told) {
      details = told;
      const key = JSON.stringify(runs.map((run) => [told.get(run.id)?.settings, told.get(run.id)?.changes, told.get(run.id)?.starts]));
      if (key === shown) return;
      shown = key;
      draw();
    },
  };
}
