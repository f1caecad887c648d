// A step of a trainer as boxes and arrows, from top to bottom.

import {s} from "./dom.js";
import {number} from "./format.js";

const WIDTH = 200;
const HEIGHT = 58;
const LANE = 18;
const ACROSS = 26;
const DOWN = 40;
const WORDS = {yes: "moves", no: "frozen", mixed: "moves in part", none: ""};

/** The boxes, one for each call, with the boxes that they take from. */
function boxes(parts) {
  const all = [];
  for (const part of parts) {
    part.calls.forEach((call, index) => all.push({part, call, index, key: `${part.name}[${index}]`}));
  }
  const byKey = new Map(all.map((box) => [box.key, box]));
  for (const box of all) {
    box.from = box.call.inputs.map((label) => {
      const call = /^(.*)\[(\d+)\]\[\d+\]$/.exec(label);
      return byKey.get(call ? `${call[1]}[${call[2]}]` : `${label}[0]`);
    }).filter(Boolean);
  }
  return all;
}

/** A row for each box, below all that it takes from; what takes from nothing is right above its readers. */
function rank(all) {
  const depth = (box) => {
    if (box.row === undefined) {
      box.row = 0;
      box.row = box.from.length ? 1 + Math.max(...box.from.map(depth)) : 0;
    }
    return box.row;
  };
  all.forEach(depth);
  for (const box of all) {
    const readers = all.filter((other) => other.from.includes(box));
    if (box.from.length === 0 && readers.length) box.row = Math.min(...readers.map((other) => other.row)) - 1;
  }
  const rows = [];
  for (const box of all) (rows[box.row] ??= []).push(box);
  return rows.filter(Boolean);
}

/** Lanes through the rows that an arrow passes, so that none runs behind a box. */
function lanes(all, rows) {
  const at = new Map(rows.flatMap((row, i) => row.map((box) => [box, i])));
  for (const box of all) {
    box.width = WIDTH;
    box.ways = box.from.map((source) => {
      const way = [source];
      for (let row = at.get(source) + 1; row < at.get(box); row++) {
        const lane = {width: LANE, from: [way[way.length - 1]], lane: true};
        rows[row].push(lane);
        way.push(lane);
      }
      return [...way, box];
    });
  }
  for (const box of all) box.above = box.ways.map((way) => way[way.length - 2]);
  for (const row of rows) for (const box of row) box.above ??= box.from;
}

/** Puts boxes below the middle of what they take from, and above that of what takes from them, a few times over. */
function order(rows) {
  const below = new Map();
  for (const row of rows) for (const box of row) for (const source of box.above) below.set(source, [...(below.get(source) ?? []), box]);
  const middle = (boxes, self) => (boxes.length ? boxes.reduce((sum, box) => sum + box.x, 0) / boxes.length : self);
  const spread = (row) => {
    let x = -row.reduce((sum, box) => sum + box.width + ACROSS, -ACROSS) / 2;
    for (const box of row) {
      box.x = x + box.width / 2;
      x += box.width + ACROSS;
    }
  };
  rows.forEach(spread);
  for (let pass = 0; pass < 6; pass++) {
    const down = pass % 2 === 0;
    for (const row of down ? rows : rows.toReversed()) {
      const wish = new Map(row.map((box) => [box, middle(down ? box.above : below.get(box) ?? [], box.x)]));
      row.sort((a, b) => wish.get(a) - wish.get(b));
      spread(row);
    }
  }
}

/**
 * The drawing.
 *
 * @param step of models.json
 * @param open called with the name of a net that is clicked
 */
export function graph(step, open) {
  const all = boxes(step.parts);
  const rows = rank(all);
  lanes(all, rows);
  order(rows);
  const width = Math.max(...rows.map((row) => row.reduce((sum, box) => sum + box.width + ACROSS, ACROSS)));
  const height = rows.length * (HEIGHT + DOWN) - DOWN / 2;
  rows.forEach((row, i) => row.forEach((box) => {
    box.left = width / 2 + box.x - box.width / 2;
    box.top = i * (HEIGHT + DOWN) + DOWN / 4;
  }));
  const words = step.parts.filter((part) => part.moves !== "none").map((part) => `${part.name} ${WORDS[part.moves]}`).join(", ");
  return s("svg", {viewBox: `0 0 ${width} ${height}`, width, height, class: "graph", role: "img",
    "aria-label": `${step.name}: ${words}. The tables below say the same in words.`},
  s("defs", {}, s("marker", {id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto"},
    s("path", {d: "M0 0L8 4L0 8z", class: "tip"}))),
  all.flatMap((box) => box.ways.map((way) => s("path", {class: "edge", d: path(way), "marker-end": "url(#tip)"}))),
  all.map((box) => {
    const {part} = box;
    const net = part.type === "Model";
    const calls = part.calls.length > 1 ? ` (${box.index + 1} of ${part.calls.length})` : "";
    const state = WORDS[part.moves];
    return s("g", {class: `box ${net ? "net" : ""}`, "data-moves": part.moves, transform: `translate(${box.left} ${box.top})`,
      onclick: net ? () => open(part.name) : null},
    s("title", {}, `${part.name}: ${part.type}, ${number(part.params)} weights${state ? `, ${state}` : ""}`),
    s("rect", {width: WIDTH, height: HEIGHT, rx: 10}),
    s("text", {x: 12, y: 23, class: "name"}, short(part.name, 25 - calls.length) + calls),
    s("text", {x: 12, y: 43, class: "more"}, short(part.params ? `${state} · ${number(part.params)}` : `${kind(part)} ${box.call.outputs.join(", ")}`, 31)));
  }));
}

/** From the foot of the first box through lanes to the head of the last one. */
function path(way) {
  const middle = (box) => box.left + box.width / 2;
  let d = `M${middle(way[0])} ${way[0].top + HEIGHT}`;
  for (let i = 1; i < way.length; i++) {
    const y1 = way[i - 1].top + HEIGHT;
    const y2 = way[i].top - (i === way.length - 1 ? 3 : 0);
    const bend = (y2 - y1) / 2;
    d += `C${middle(way[i - 1])} ${y1 + bend} ${middle(way[i])} ${y2 - bend} ${middle(way[i])} ${y2}`;
    if (i < way.length - 1) d += `V${way[i].top + HEIGHT}`;
  }
  return d;
}

const kind = (part) => part.type.replace(/^Tensors\./, "");
const short = (words, most) => (words.length > most ? `${words.slice(0, most - 1)}…` : words);
