// The view of curves: many runs over each other, or two side by side.

import {h, put, choice} from "./dom.js";
import {state, set, chosen, colorOf} from "./state.js";
import {title} from "./format.js";
import {ask} from "./live.js";
import {Chart} from "./chart.js";

const AXES = [["round", "Rounds"], ["images", "Images"], ["seconds", "Time"]];
const MEASURE = /^(fid|kid|swd|precision|recall|density|coverage)_/;
const NOTES = {Scores: "logits, of real samples and of fakes", "Gradient norms": "before clipping"};
const BUCKETS = 500;
const PAUSE = 900;

/** The charts that some names make, in their order: [heading, names]. */
function groups(names) {
  const left = new Set(names.filter((name) => !["round", "images", "seconds"].includes(name)));
  const take = (test) => {
    const taken = [...left].filter(test);
    taken.forEach((name) => left.delete(name));
    return taken;
  };
  const made = [
    ["Losses", take((name) => name === "d_loss" || name === "g_loss")],
    ["Scores", take((name) => /^d_(real|fake)(_|$)/.test(name))],
    ["Gradient norms", take((name) => /^[dg]_gradient_norm/.test(name))],
    ["Learning rates", take((name) => /^[dg]_rate$/.test(name))],
  ];
  const measures = take((name) => MEASURE.test(name)).map((name) => [title(name), [name]]);
  const terms = [["Terms of D's loss", take((name) => name.startsWith("d_"))], ["Terms of G's loss", take((name) => name.startsWith("g_"))]];
  const others = [...left].map((name) => [title(name), [name]]);
  return [...made.slice(0, 2), ...measures, made[2], ...terms, made[3], ...others].filter(([, own]) => own.length > 0);
}

/** Colors of curves of one run: those of D and of G are always the same. */
function ownColor(name, index) {
  const fixed = {d_loss: 0, g_loss: 1, d_real: 2, d_fake: 3, d_rate: 0, g_rate: 1, d_gradient_norm: 0, g_gradient_norm: 1};
  return `c${fixed[name] ?? (name.startsWith("g_") ? 1 + index : index) % 8}`;
}

/** Where something happened, on the axis. */
function marks(told, axis) {
  const events = (told?.events ?? []).filter((event) => event.kind === "watchdog" && event.places[axis] !== undefined);
  return events.map((event) => ({at: event.places[axis], kind: event.kind}));
}

export function curvesView(panel) {
  const tools = h("div", {class: "tools"});
  const place = h("div", {class: "charts"});
  const columns = state.side && chosen().length >= 2 ? chosen().slice(0, 2).map((run) => [run]) : [chosen()];
  const charts = new Map();
  const data = new Map();
  let details = new Map();
  let timer = 0;
  let busy = false;
  let again = false;
  let closed = false;
  let drawn = false;
  place.classList.toggle("pairs", columns.length === 2);
  put(panel, tools, place);

  const zoom = (range) => {
    set({range});
    fetchSoon(0);
  };

  function showTools() {
    if (tools.contains(document.activeElement) && tools.childElementCount > 0) {
      const reset = tools.querySelector(".reset");
      if (reset) reset.disabled = !state.range;
      return;
    }
    const smooth = h("output", {}, state.smoothing ? state.smoothing.toFixed(2) : "off");
    put(tools,
      choice("Axis", AXES, state.axis, (axis) => pick({axis})),
      h("label", {class: "slider"}, "Smoothing", h("input", {type: "range", min: "0", max: "0.99", step: "0.01",
        value: String(state.smoothing), id: "smoothing", oninput: (event) => {
          smooth.textContent = Number(event.target.value) ? Number(event.target.value).toFixed(2) : "off";
          set({smoothing: Number(event.target.value)});
          fetchSoon(120);
        }}), smooth),
      choice("Scale", [[false, "Linear"], [true, "Log"]], state.log, (log) => pick({log})),
      chosen().length >= 2 ? choice("Runs", [[false, "Overlay"], [true, "Side by side"]], state.side, (side) => set({side})) : null,
      h("button", {type: "button", class: "quiet reset", disabled: !state.range, onclick: () => zoom(null)}, "Show all"));
  }

  /** Changes a setting by a button, which keeps the focus. */
  function pick(change) {
    const words = document.activeElement?.textContent;
    set(change);
    document.activeElement?.blur?.();
    showTools();
    [...tools.querySelectorAll("button")].find((button) => button.textContent === words)?.focus();
    fetchSoon(0);
  }

  function fetchSoon(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(fetchNow, pause);
  }

  async function fetchNow() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const asked = {axis: state.axis, smoothing: state.smoothing, range: state.range};
    await Promise.all(columns.flat().map(async (run) => {
      const zoomed = asked.range ? {from: asked.range[0], to: asked.range[1]} : {};
      try {
        const told = await ask("curves", {run: run.id, axis: asked.axis, smoothing: asked.smoothing, buckets: BUCKETS, ...zoomed});
        data.set(run.id, {...told, axis: asked.axis});
      } catch (error) {
        console.warn(error.message); // removed, or the connection is lost: there is another look
      }
    }));
    busy = false;
    if (closed) return;
    if (again || asked.axis !== state.axis || asked.smoothing !== state.smoothing || asked.range !== state.range) {
      again = false;
      fetchSoon(0);
    }
    draw();
  }

  /** The whole axis, whatever part is shown. */
  function whole() {
    const ends = columns.flat().map((run) => state.runs.get(run.id)?.last[state.axis] ?? 0);
    return [0, Math.max(1, ...ends)];
  }

  function curvesOf(runs, names) {
    const several = runs.length > 1 || columns.length > 1;
    return runs.flatMap((run) => {
      const told = data.get(run.id);
      if (!told || told.axis !== state.axis) return [];
      return names.filter((name) => told.values[name]).map((name, index) => ({
        key: `${run.id}\n${name}`,
        label: runs.length > 1 ? (names.length > 1 ? `${run.id} ${title(name)}` : run.id) : title(name),
        own: several && runs.length > 1 ? `c${colorOf(run.id)}` : ownColor(name, index),
        dash: several && runs.length > 1 ? index : 0,
        x: told.x,
        y: told.values[name],
        smooth: MEASURE.test(name) ? null : told.smooth[name] ?? null, // measures are few
      }));
    });
  }

  function draw() {
    const names = [...new Set(columns.flat().flatMap((run) => Object.keys(data.get(run.id)?.values ?? {})))];
    const rows = groups(names);
    const wanted = rows.flatMap(([heading, own]) => columns.map((runs, column) => ({key: `${heading}/${column}`, heading, own, runs})));
    const known = wanted.every(({key}) => charts.has(key)) && charts.size === wanted.length;
    if (!known) {
      for (const [key, chart] of charts) {
        if (!wanted.some((one) => one.key === key)) {
          chart.close();
          charts.delete(key);
        }
      }
      for (const {key, heading, runs} of wanted) {
        const note = columns.length > 1 ? runs[0].id : NOTES[heading];
        if (!charts.has(key)) charts.set(key, new Chart(heading, {zoom, note}));
      }
      put(place, wanted.map(({key}) => charts.get(key).element));
    }
    for (const {key, own, runs} of wanted) {
      const together = columns.length > 1 ? columns.flat().flatMap((run) => own.flatMap((name) => data.get(run.id)?.values[name] ?? [])) : null;
      const happened = runs.length === 1 ? marks(details.get(runs[0].id), state.axis) : [];
      charts.get(key).show(curvesOf(runs, own), {axis: state.axis, log: state.log,
        range: state.range, whole: whole(), together, marks: happened});
    }
    if (wanted.length > 0 && data.size > 0 && !drawn) {
      drawn = true;
      performance.mark("curves"); // when the first curves are there, for whoever measures
    }
    if (wanted.length === 0) {
      put(place, h("p", {class: "hint wide"}, columns.flat().every((run) => data.get(run.id))
        ? "No line in metrics.jsonl yet: the first one comes after --log-every rounds (50 unless set)." : "…"));
    }
  }

  const recolor = () => charts.forEach((chart) => chart.redraw());
  addEventListener("theme", recolor);
  let shown = "";

  return {
    update(told) {
      details = told;
      showTools();
      const key = JSON.stringify([columns.flat().map((run) => {
        const now = state.runs.get(run.id);
        return [now?.generation, now?.lines];
      }), state.axis, state.range]);
      const first = shown === "";
      if (key !== shown) {
        shown = key;
        fetchSoon(first || data.size < columns.flat().length ? 0 : PAUSE / 3);
      } else {
        draw();
      }
    },
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener("theme", recolor);
      charts.forEach((chart) => chart.close());
    },
  };
}
