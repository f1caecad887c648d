// The list of runs.

import {h, put, text} from "./dom.js";
import {state, set, colorOf} from "./state.js";
import {number, compact, ago, title} from "./format.js";

const MOST = 8;
const rows = new Map();
let order = "";

const element = (id) => document.getElementById(id);

function toggle(id, on) {
  const others = state.selected.filter((one) => one !== id);
  set({selected: on ? [...others, id].slice(-MOST) : others.length ? others : [id]});
}

/** A row, made once and then kept, so that what has the focus keeps it. */
function row(run) {
  const parts = {
    box: h("input", {type: "checkbox", "aria-label": `Show ${run.id} beside others`,
      onchange: (event) => toggle(run.id, event.target.checked)}),
    name: h("span", {class: "name"}),
    what: h("span", {class: "what"}),
    dot: h("span", {class: "dot"}),
    state: h("span", {class: "hidden"}),
    best: h("span", {class: "best"}),
    bar: h("span", {class: "fill"}),
  };
  const button = h("button", {type: "button", onclick: () => {
    set({selected: [run.id]});
    if (matchMedia("(max-width: 820px)").matches) element("drawer").open = false;
  }}, h("span", {class: "line"}, parts.dot, parts.name, parts.best), h("span", {class: "line"}, parts.what, parts.state),
  h("span", {class: "progress", "aria-hidden": "true"}, parts.bar));
  return {...parts, button, item: h("li", {}, parts.box, button)};
}

function update(parts, run) {
  const selected = state.selected.includes(run.id);
  parts.item.classList.toggle("chosen", selected);
  parts.item.style.setProperty("--own", `var(--c${colorOf(run.id)})`);
  parts.box.checked = selected;
  parts.button.setAttribute("aria-current", String(state.selected[0] === run.id));
  text(parts.name, run.id);
  parts.name.title = run.id;
  const what = [run.preset, run.data].filter(Boolean).join(" · ");
  text(parts.what, `${what ? `${what} · ` : ""}${compact(run.round)}${run.rounds ? ` / ${compact(run.rounds)}` : ""}`);
  parts.dot.dataset.state = run.state;
  parts.dot.title = `${run.state}: ${run.why}`;
  text(parts.state, `, ${run.state}`);
  const best = run.measure ? run.best[run.measure] : null;
  text(parts.best, best ? number(best.value) : "");
  parts.best.title = best ? `best ${title(run.measure)}, in round ${number(best.round)}` : "";
  parts.bar.style.width = run.rounds ? `${Math.min(100, 100 * run.round / run.rounds)}%` : "0";
  parts.button.title = `${run.state}, wrote ${ago(run.changed)}`;
}

/** Running ones in front, then those that wrote last; the order stays until a state or the filter changes. */
function sorted() {
  const words = element("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (run) => words.every((word) => `${run.id} ${run.preset} ${run.data} ${run.state}`.toLowerCase().includes(word));
  const rank = (run) => (run.state === "running" ? 0 : 1);
  return [...state.runs.values()].filter(fits).sort((a, b) => rank(a) - rank(b) || b.changed - a.changed);
}

export function showRuns() {
  for (const id of rows.keys()) if (!state.runs.has(id)) rows.delete(id);
  const key = JSON.stringify([element("filter").value, [...state.runs.values()].map((run) => [run.id, run.state])]);
  for (const run of state.runs.values()) {
    if (!rows.has(run.id)) rows.set(run.id, row(run));
    update(rows.get(run.id), run);
  }
  if (key !== order) {
    order = key;
    const shown = sorted();
    put(element("runs"), shown.map((run) => rows.get(run.id).item));
    const running = shown.filter((run) => run.state === "running").length;
    text(element("count"), `${shown.length} ${shown.length === 1 ? "run" : "runs"}, ${running} running`);
  }
  text(element("chosen"), state.selected.length > 1 ? `${state.selected.length} of ${state.runs.size} runs`
    : state.selected[0] ? `Run ${state.selected[0]}` : "Runs");
}
