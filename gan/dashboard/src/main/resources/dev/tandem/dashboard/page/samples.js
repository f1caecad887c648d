// Samples over time: a slider for all chosen runs at once.

import {h, put, text} from "./dom.js";
import {chosen, colorOf} from "./state.js";
import {number} from "./format.js";
import {picture} from "./live.js";

const MOST = 4;
const FRAME_MILLIS = 250;

export function samplesView(panel) {
  const runs = chosen().slice(0, MOST);
  const figures = new Map(runs.map((run) => [run.id, figure(run)]));
  const slider = h("input", {type: "range", min: "0", max: "0", step: "1", value: "0", id: "time", "aria-label": "Round of the samples",
    oninput: () => {
      follows = slider.value === slider.max;
      stop();
      draw();
    }});
  const where = h("output", {for: "time"});
  const play = h("button", {type: "button", class: "quiet", onclick: () => (playing ? stop() : start())}, "Play");
  const none = h("p", {class: "hint"}, "No picture yet: there are 30 in a run, and one at its end.");
  const bar = h("div", {class: "tools timeline"}, play, slider, where);
  let rounds = [];
  let pictures = new Map();
  let follows = true;
  let playing = 0;
  put(panel, bar, none, h("div", {class: "samples", "data-count": String(runs.length)}, [...figures.values()].map((one) => one.element)));

  function figure(run) {
    const image = h("img", {alt: "", decoding: "async"});
    const caption = h("figcaption", {});
    return {image, caption, element: h("figure", {class: "card", vars: {"--own": `var(--c${colorOf(run.id)})`}}, caption, image)};
  }

  function start() {
    if (Number(slider.value) >= rounds.length - 1) slider.value = "0";
    playing = setInterval(() => {
      if (Number(slider.value) >= rounds.length - 1) return stop();
      slider.value = String(Number(slider.value) + 1);
      draw();
    }, FRAME_MILLIS);
    text(play, "Pause");
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    text(play, "Play");
  }

  /** The last picture up to a round, or the first one. */
  const nearest = (list, round) => list.findLast((one) => one.round <= round) ?? list[0];

  function draw() {
    const round = rounds[Number(slider.value)] ?? 0;
    slider.setAttribute("aria-valuetext", `round ${number(round)}`);
    text(where, `round ${number(round)}`);
    for (const [id, {image, caption, element}] of figures) {
      const list = pictures.get(id) ?? [];
      element.hidden = list.length === 0;
      if (list.length === 0) continue;
      const one = nearest(list, round);
      const source = picture(id, one.name);
      if (image.getAttribute("src") !== source) image.setAttribute("src", source);
      image.alt = `Samples of ${id} at round ${one.round}`;
      put(caption, h("span", {class: "swatch"}), h("b", {}, id), ` at round ${number(one.round)}`);
      const next = list[list.indexOf(one) + 1];
      if (next) new Image().src = picture(id, next.name);
    }
  }

  return {
    update(details) {
      pictures = new Map(runs.map((run) => [run.id, details.get(run.id)?.pictures ?? []]));
      const at = rounds[Number(slider.value)];
      rounds = [...new Set([...pictures.values()].flat().map((one) => one.round))].sort((a, b) => a - b);
      const ready = rounds.length > 0;
      none.hidden = ready || runs.some((run) => !details.get(run.id));
      bar.hidden = !ready;
      slider.max = String(Math.max(0, rounds.length - 1));
      const kept = rounds.findLastIndex((round) => round <= at);
      slider.value = follows && !playing ? slider.max : String(Math.max(0, kept));
      draw();
    },
    close: stop,
  };
}
