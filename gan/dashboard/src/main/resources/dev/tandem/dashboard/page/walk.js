// A walk through the latents of the first chosen run's generator.

import {h, put, text} from "./dom.js";
import {state, chosen} from "./state.js";
import {number} from "./format.js";
import {reason} from "./live.js";

const FRAME_MILLIS = 90;
const GAP = 6;

export function walkView(panel) {
  const run = chosen()[0];
  const field = (name, label, attributes) => h("label", {}, label, h("input", {type: "number", name, required: true, ...attributes}));
  const label = h("select", {name: "label"});
  const labels = h("label", {hidden: true}, "Class", label);
  const go = h("button", {type: "submit", class: "strong"}, "Draw a walk");
  const said = h("p", {class: "hint", role: "status"});
  const form = h("form", {class: "tools walk", onsubmit: (event) => {
    event.preventDefault();
    draw();
  }}, field("seed", "Seed", {value: "1", step: "1"}), field("count", "Samples", {value: "6", min: "1", max: "8"}),
  field("frames", "Frames", {value: "36", min: "2", max: "48"}), labels, go);
  const canvas = h("canvas", {role: "img", "aria-label": "The walk", hidden: true});
  const slider = h("input", {type: "range", min: "0", max: "0", value: "0", "aria-label": "Place on the way", oninput: () => {
    stop();
    paint();
  }});
  const play = h("button", {type: "button", class: "quiet", onclick: () => (playing ? stop() : start())}, "Play");
  const bar = h("div", {class: "tools timeline", hidden: true}, play, slider);
  let sheet = null;
  let frames = 0;
  let count = 1;
  let playing = 0;
  let classes = -1;
  let closed = false;
  put(panel, h("p", {class: "hint"}, `Samples of ${run.id} on a way through three latents and back, by `
    + "the generator as the run left it."), form, said, h("div", {class: "card stage"}, canvas, bar));

  async function draw() {
    stop();
    const given = new FormData(form);
    const whole = (name) => Number(given.get(name));
    const body = {seed: whole("seed"), count: whole("count"), frames: whole("frames")};
    if (given.get("label")) body.label = whole("label");
    go.disabled = true;
    text(said, "The generator is loaded and drawn with; the first walk takes longest …");
    try {
      const answer = await fetch(`api/walk?${new URLSearchParams({run: run.id})}`,
        {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
      if (!answer.ok) throw new Error(await reason(answer));
      frames = Number(answer.headers.get("X-Frames"));
      count = body.count;
      sheet = await createImageBitmap(await answer.blob());
      if (closed) return;
      slider.max = String(frames - 1);
      slider.value = "0";
      canvas.hidden = false;
      bar.hidden = false;
      text(said, `${number(frames)} places of ${count === 1 ? "a sample" : `${count} samples`}.`);
      paint();
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) start();
    } catch (error) {
      text(said, error.message);
    }
    go.disabled = false;
  }

  function paint() {
    if (!sheet) return;
    const width = sheet.width / count;
    const height = sheet.height / frames;
    const columns = Math.min(count, count > 4 ? Math.ceil(count / 2) : count);
    const zoom = Math.max(1, Math.floor(Math.min(160 / width, 160 / height)));
    canvas.width = columns * (width * zoom + GAP) - GAP;
    canvas.height = Math.ceil(count / columns) * (height * zoom + GAP) - GAP;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    for (let i = 0; i < count; i++) {
      context.drawImage(sheet, i * width, Number(slider.value) * height, width, height,
        (i % columns) * (width * zoom + GAP), Math.floor(i / columns) * (height * zoom + GAP), width * zoom, height * zoom);
    }
    slider.setAttribute("aria-valuetext", `place ${Number(slider.value) + 1} of ${frames}`);
  }

  function start() {
    playing = setInterval(() => {
      slider.value = String((Number(slider.value) + 1) % frames);
      paint();
    }, FRAME_MILLIS);
    text(play, "Pause");
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    text(play, "Play");
  }

  return {
    update(details) {
      const now = state.runs.get(run.id);
      const known = details.get(run.id)?.generator?.classes ?? 0;
      if (known !== classes) {
        classes = known;
        labels.hidden = known === 0;
        put(label, h("option", {value: ""}, "all in turn"), Array.from({length: Math.min(known, 1000)}, (_, i) => h("option", {value: String(i)}, String(i))));
      }
      const possible = state.walks && now?.walks;
      if (go.dataset.busy !== "1" && !sheet) {
        go.disabled = !possible;
        text(said, possible ? "" : state.walks ? "This run has no generator yet: it comes with the first checkpoint."
          : "This dashboard was started without walks.");
      }
    },
    close() {
      closed = true;
      stop();
      sheet?.close();
    },
  };
}
