// What is chosen and known. The address keeps what is chosen, so a view can be passed on.

const TABS = ["curves", "samples", "walk", "models", "settings", "events"];
const AXES = ["round", "images", "seconds"];

export const state = {
  folder: "",
  walks: false,
  /** Summaries by id, in the order of the list. */
  runs: new Map(),
  /** Ids of the chosen runs; the first one is the one that is spoken of. */
  selected: [],
  tab: "curves",
  axis: "round",
  smoothing: 0,
  log: false,
  side: false,
  /** The part of the axis that is shown; null for all of it. */
  range: null,
};

const listeners = new Set();

/** Calls back after changes with the set of what has changed. */
export const subscribe = (listener) => listeners.add(listener);

/** Changes something and tells everybody. */
export function set(changes) {
  Object.assign(state, changes);
  if ("axis" in changes || "selected" in changes) state.range = changes.range ?? null;
  writeAddress();
  const names = new Set(Object.keys(changes));
  for (const listener of listeners) listener(names);
}

/** The chosen runs that there are. */
export const chosen = () => state.selected.map((id) => state.runs.get(id)).filter(Boolean);

/** The color of a chosen run, as the number of a variable of the style. */
export const colorOf = (id) => Math.max(0, state.selected.indexOf(id)) % 8;

function writeAddress() {
  const address = new URLSearchParams();
  for (const id of state.selected) address.append("run", id);
  if (state.tab !== "curves") address.set("tab", state.tab);
  if (state.axis !== "round") address.set("axis", state.axis);
  if (state.smoothing) address.set("smooth", state.smoothing);
  if (state.log) address.set("log", "1");
  if (state.side) address.set("side", "1");
  if (state.range) address.set("zoom", state.range.map((place) => Number(place.toPrecision(8))).join("~"));
  const hash = `#${address}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

/** Takes over what the address says. */
export function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  const zoom = (address.get("zoom") ?? "").split("~").map(Number);
  const smoothing = Number(address.get("smooth") ?? 0);
  Object.assign(state, {
    selected: address.getAll("run"),
    tab: TABS.includes(address.get("tab")) ? address.get("tab") : "curves",
    axis: AXES.includes(address.get("axis")) ? address.get("axis") : "round",
    smoothing: smoothing >= 0 && smoothing < 1 ? smoothing : 0,
    log: address.has("log"),
    side: address.has("side"),
    range: zoom.length === 2 && zoom[0] < zoom[1] ? zoom : null,
  });
}
