// The chosen runs in short: tiles for one, a table for several.

import {h, put} from "./dom.js";
import {chosen, colorOf, set} from "./state.js";
import {number, duration, title, ago} from "./format.js";

const tile = (label, value, note, extra) => h("div", {class: "tile"},
  h("dt", {}, label), h("dd", {}, h("span", {class: "value"}, value), note ? h("span", {class: "note"}, note) : null, extra));

const badge = (run) => h("span", {class: "badge", "data-state": run.state, title: run.why}, run.state);

function left(run) {
  if (run.state !== "running" || !run.rounds || !run.speed) return "";
  return `${duration((run.rounds - run.round) / run.speed)} left`;
}

function pace(run) {
  if (!run.speed) return "–";
  return run.speed >= 1 ? `${number(Number(run.speed.toPrecision(3)))} /s` : `${number(Number((1 / run.speed).toPrecision(3)))} s each`;
}

function one(run, details) {
  const best = run.measure ? run.best[run.measure] : null;
  const device = details?.settings?.device;
  const facts = [run.preset, run.data, device].filter(Boolean).join(" · ");
  const percent = run.rounds ? Math.min(100, Math.round(100 * run.round / run.rounds)) : null;
  return [
    h("div", {class: "heading"}, h("h1", {}, run.id), badge(run), h("p", {class: "hint"}, facts ? `${facts} — ` : "", run.why)),
    (details?.problems ?? []).map((problem) => h("p", {class: "problem"}, problem)),
    h("dl", {class: "tiles"},
      tile("Round", number(run.round), run.rounds ? `of ${number(run.rounds)}` : "", percent === null ? null
        : h("progress", {max: 100, value: percent, "aria-label": `${percent} % of the rounds`})),
      tile("Time", duration(run.seconds), left(run)),
      tile("Rounds", pace(run), run.last.images ? `${number(run.last.images)} images` : ""),
      tile("D loss", number(run.last.d_loss), scores(run)),
      tile("G loss", number(run.last.g_loss), norms(run)),
      best ? tile(`Best ${title(run.measure)}`, number(best.value), `in round ${number(best.round)}`)
        : tile("Wrote", ago(run.changed), `${number(run.lines)} lines`)),
  ];
}

const brief = (value) => number(Number(value.toPrecision(2)));
const scores = (run) => ("d_real" in run.last ? `real ${brief(run.last.d_real)}, fake ${brief(run.last.d_fake)}` : "");
const norms = (run) => ("g_gradient_norm" in run.last ? `gradient ${brief(run.last.g_gradient_norm)}` : "");

function several(runs) {
  const measures = [...new Set(runs.flatMap((run) => Object.keys(run.best)))].slice(0, 3);
  return h("div", {class: "scroll", tabIndex: 0, role: "region", "aria-label": "The chosen runs"}, h("table", {class: "compare"},
    h("thead", {}, h("tr", {}, ["Run", "State", "Round", "Time", "D loss", "G loss", ...measures.map((name) => `Best ${title(name)}`), ""]
      .map((words) => h("th", {scope: "col"}, words)))),
    h("tbody", {}, runs.map((run) => h("tr", {},
      h("th", {scope: "row", vars: {"--own": `var(--c${colorOf(run.id)})`}}, h("span", {class: "swatch"}), run.id),
      h("td", {}, badge(run)),
      h("td", {}, number(run.round)),
      h("td", {}, duration(run.seconds)),
      h("td", {}, number(run.last.d_loss)),
      h("td", {}, number(run.last.g_loss)),
      measures.map((name) => h("td", {}, run.best[name] ? number(run.best[name].value) : "–")),
      h("td", {}, h("button", {type: "button", class: "quiet", "aria-label": `Leave ${run.id} out`,
        onclick: () => set({selected: runs.map((other) => other.id).filter((id) => id !== run.id)})}, "×")))))));
}

export function showOverview(details) {
  const runs = chosen();
  const place = document.getElementById("overview");
  if (place.contains(document.activeElement)) return; // shown again with the next change
  if (runs.length === 0) put(place);
  else if (runs.length === 1) put(place, one(runs[0], details.get(runs[0].id)?.told));
  else put(place, several(runs));
  document.title = runs.length === 1 ? `${runs[0].id} ${number(runs[0].round)} – Tandem` : "Tandem";
}
