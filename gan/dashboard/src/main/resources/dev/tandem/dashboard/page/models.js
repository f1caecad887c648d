// What each trainer moves, and what is frozen in it.

import {h, put, choice} from "./dom.js";
import {chosen} from "./state.js";
import {number} from "./format.js";
import {graph} from "./graph.js";

const WORDS = {yes: "moves", no: "frozen", mixed: "in part", none: "–"};
const step = (name) => name.replaceAll("_", " ");

function net(told, model) {
  const trainers = model.trainers.map((one) => one.name);
  return h("section", {class: "card", id: `net-${told.name}`, tabIndex: -1},
    h("header", {}, h("h2", {}, told.name), h("span", {class: "hint"}, `${number(told.params)} weights`)),
    h("div", {class: "scroll", tabIndex: 0, role: "region", "aria-label": `Layers of ${told.name}`}, h("table", {},
      h("thead", {}, h("tr", {}, ["Layer", "Kind", "Output", "Weights", ...trainers.map(step)].map((words) => h("th", {scope: "col"}, words)))),
      h("tbody", {}, told.parts.map((part) => h("tr", {},
        h("th", {scope: "row"}, part.name), h("td", {}, part.type), h("td", {class: "shape"}, part.calls[0]?.outputs.join(", ") ?? ""),
        h("td", {class: "right"}, part.params ? number(part.params) : "–"),
        trainers.map((name) => h("td", {}, part.moves[name] === "none" ? "–" : h("span", {class: "moves", "data-moves": part.moves[name]}, WORDS[part.moves[name]])))))))));
}

function show(run, models) {
  const place = h("div", {class: "scroll drawing", tabIndex: 0, role: "region", "aria-label": "The step as a drawing"});
  const facts = h("p", {class: "hint"});
  const pick = h("div", {});
  const open = (name) => {
    const section = document.getElementById(`net-${name}`);
    section?.scrollIntoView({behavior: "smooth", block: "start"});
    section?.focus({preventScroll: true});
  };
  function draw(name, focus) {
    const one = models.trainers.find((trainer) => trainer.name === name);
    put(place, graph(one, open));
    facts.textContent = `moves ${number(one.moves)} of ${number(one.params)} weights`;
    put(pick, choice("Trainer", models.trainers.map((trainer) => [trainer.name, step(trainer.name)]), name, (next) => draw(next, true)));
    if (focus) pick.querySelector("[aria-pressed=true]")?.focus();
  }
  draw(models.trainers[0].name, false);
  const key = h("p", {class: "key"}, ["yes", "no", "mixed"].map((moves) => h("span", {class: "moves", "data-moves": moves}, WORDS[moves])));
  return [
    h("section", {class: "card"}, h("header", {}, h("h2", {}, chosen().length > 1 ? run.id : "Steps"), facts, key), pick, place),
    models.nets.map((told) => net(told, models)),
  ];
}

export function modelsView(panel) {
  const shown = new Map();
  const places = new Map(chosen().slice(0, 2).map((run) => [run, h("div", {class: "stack"})]));
  put(panel, h("div", {class: places.size > 1 ? "halves" : ""}, [...places.values()]));
  return {
    update(details) {
      for (const [run, place] of places) {
        const told = details.get(run.id);
        const text = JSON.stringify(told?.models ?? null);
        if (!told || shown.get(run.id) === text) continue;
        shown.set(run.id, text);
        const models = told.models;
        put(place, models?.trainers?.length && models?.nets ? show(run, models)
          : h("p", {class: "hint"}, `${run.id} has no models.json: it was started by an earlier version, or by code of its own. `
            + "Runs of tandem gan write one at each start, also when they are resumed; in Java, ModelsFile.write(trainer, file)."));
      }
    },
  };
}
