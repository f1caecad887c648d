// The page: puts its parts together, and tells them of changes.

import {h, put, tabKeys, text} from "./dom.js";
import {state, set, subscribe, readAddress, chosen} from "./state.js";
import {ask, listen} from "./live.js";
import {showRuns} from "./runlist.js";
import {showOverview} from "./overview.js";
import {curvesView} from "./curves.js";
import {samplesView} from "./samples.js";
import {walkView} from "./walk.js";
import {modelsView} from "./models.js";
import {settingsView} from "./settings.js";
import {eventsView} from "./events.js";

const VIEWS = {
  curves: ["Curves", curvesView],
  samples: ["Samples", samplesView],
  walk: ["Latent walk", walkView],
  models: ["Models", modelsView],
  settings: ["Settings", settingsView],
  events: ["Events", eventsView],
};

const element = (id) => document.getElementById(id);

/** Details of chosen runs by id, each with what it was when they were asked for. */
const details = new Map();
let view = null;
let viewKey = "";

/** The tabs, made anew only when something about them is other, so that the focus stays. */
function showTabs() {
  const warnings = chosen().reduce((sum, run) => sum + run.warnings, 0);
  const key = `${state.tab} ${warnings}`;
  const list = element("tabs");
  if (list.dataset.key === key) return;
  const focused = list.contains(document.activeElement);
  list.dataset.key = key;
  put(list, Object.entries(VIEWS).map(([name, [words]]) => {
    const selected = name === state.tab;
    const count = name === "events" && warnings > 0;
    return h("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(selected), "aria-controls": "panel",
      tabIndex: selected ? 0 : -1, onclick: () => set({tab: name}),
    }, words, count ? h("span", {class: "count", title: `${warnings} warnings`}, String(warnings)) : null);
  }));
  if (focused) element(`tab-${state.tab}`).focus();
  element("panel").setAttribute("aria-labelledby", `tab-${state.tab}`);
}

/** Shows the view, made anew if the tab or the chosen runs are others. */
function showView() {
  if (state.runs.size === 0) return;
  const key = JSON.stringify([state.tab, state.selected, state.side, state.walks]);
  const panel = element("panel");
  if (key !== viewKey) {
    view?.close?.();
    viewKey = key;
    view = null;
    if (chosen().length === 0) return put(panel);
    view = VIEWS[state.tab][1](panel);
  }
  view?.update(new Map(state.selected.map((id) => [id, details.get(id)?.told])));
}

/** Asks for the details of chosen runs, where they may be others now. */
async function askDetails() {
  for (const id of details.keys()) if (!state.selected.includes(id)) details.delete(id);
  let fresh = false;
  await Promise.all(chosen().map(async (run) => {
    const key = [run.samples, run.warnings, run.state, run.generation, run.lines > 0, run.walks, run.rounds,
      Object.keys(run.last).length, state.tab === "events" ? run.changed : 0].join();
    if (details.get(run.id)?.key === key) return;
    try {
      details.set(run.id, {key, told: details.get(run.id)?.told});
      const told = await ask("run", {run: run.id});
      if (details.get(run.id)?.key === key) details.set(run.id, {key, told});
      fresh = true;
    } catch (error) {
      details.delete(run.id); // removed meanwhile, or asked again with the next change
      console.warn(error.message);
    }
  }));
  if (fresh) showView();
}

function showEmpty() {
  const panel = element("panel");
  element("tabs").hidden = state.runs.size === 0;
  if (state.runs.size > 0) return;
  viewKey = "";
  view?.close?.();
  view = null;
  put(element("overview"));
  put(panel, h("div", {class: "empty"},
    h("h1", {}, "No run yet"),
    h("p", {}, "Nothing in ", h("code", {}, state.folder), " is a run. Start one, and it appears here by itself:"),
    h("pre", {tabIndex: 0}, `tandem gan --preset dcgan --data mnist --out ${state.folder}/first`),
    h("p", {class: "hint"}, "A run is a folder with metrics.jsonl or config.yaml, at most five folders deep. "
      + "In Java, JsonlLog writes one.")));
}

function show(names) {
  showRuns();
  showTabs();
  showOverview(details);
  showEmpty();
  showView();
  if (!names || names.has("selected") || names.has("runs") || names.has("tab")) askDetails();
}

/** Keeps the choice to runs that there are; without any, the one that wrote last. */
function repairChoice() {
  const there = state.selected.filter((id) => state.runs.has(id));
  if (there.length === 0 && state.runs.size > 0) there.push(firstRun());
  return there;
}

function firstRun() {
  const all = [...state.runs.values()];
  return (all.find((run) => run.state === "running") ?? all[0]).id;
}

async function askAll() {
  try {
    const told = await ask("runs");
    state.runs = new Map(told.runs.map((run) => [run.id, run]));
    Object.assign(state, {folder: told.folder, walks: told.walks});
    text(element("folder"), `\u200e${told.folder}\u200e`); // shortened at its left
    keepChoice();
  } catch (error) {
    text(element("live"), error.message);
  }
}

function keepChoice() {
  const selected = repairChoice();
  const same = selected.join("\n") === state.selected.join("\n");
  set(same ? {runs: state.runs} : {runs: state.runs, selected, range: state.range});
}

function told({changed, removed}) {
  for (const id of removed) state.runs.delete(id);
  for (const run of changed) state.runs.set(run.id, run);
  keepChoice();
}

const LIVE = {live: "live", lost: "connection lost, trying again", full: "too many pages are open; reload to try again"};

readAddress();
tabKeys(element("tabs"));
subscribe(show);
element("filter").addEventListener("input", () => showRuns());
addEventListener("hashchange", () => {
  readAddress();
  keepChoice();
  show();
});
if (matchMedia("(max-width: 820px)").matches) element("drawer").open = false;
askAll();
listen(told, askAll, (how) => {
  element("live").dataset.state = how;
  text(element("live"), LIVE[how]);
});
