// One chart: a card with a title, a legend that is a row of switches, curves, and a table in their place.

import uPlot from "./uPlot.js";
import {h, put, text} from "./dom.js";
import {number, duration} from "./format.js";

const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3]];
const HEIGHT = 230;
const ROWS = 40;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const faint = (own) => `color-mix(in srgb, ${own} 28%, transparent)`;
const place = (axis, value) => (axis === "seconds" ? duration(value) : number(value));
const AXIS = {round: "round", images: "images", seconds: "training time"};

/**
 * A chart.
 *
 * @param heading its title
 * @param zoom called with a part of the axis, or null for all of it
 * @param hover called with a place on the axis, or null
 */
export class Chart {
  #hidden = new Set();
  #plot = null;
  #shape = "";
  #given = null;
  #table = false;

  constructor(heading, {zoom, note}) {
    this.heading = heading;
    this.zoom = zoom;
    this.legend = h("div", {class: "legend"});
    this.canvas = h("div", {class: "canvas", tabIndex: 0, role: "img", onkeydown: (event) => this.#key(event)});
    this.rows = h("div", {class: "scroll rows", tabIndex: 0, role: "region", "aria-label": `${heading} as a table`, hidden: true});
    this.swap = h("button", {type: "button", class: "quiet", "aria-pressed": "false", onclick: () => this.#swap()}, "Table");
    this.element = h("section", {class: "card chart", "aria-label": heading},
      h("header", {}, h("h2", {}, heading), note ? h("span", {class: "hint"}, note) : null, this.swap),
      this.legend, this.canvas, this.rows);
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.canvas);
  }

  /**
   * Shows curves.
   *
   * @param curves [{key, label, own (name of a color), dash, x, y, smooth}]
   * @param options axis, log, range (of the axis), together (values that other charts show too), marks
   */
  show(curves, options) {
    this.#given = {curves, options};
    const shape = JSON.stringify([curves.map((curve) => [curve.key, curve.own, !!curve.smooth]), options.log,
      options.log && this.#crossesZero(), options.axis]);
    if (shape !== this.#shape || !this.#plot) {
      this.#shape = shape;
      this.#make();
    } else {
      this.#plot.setData(this.#data(), false);
      this.#rescale();
      this.#values(this.#plot.cursor.idx);
    }
    this.#describe();
    if (this.#table) this.#fillTable();
  }

  redraw() {
    if (this.#given) this.#make();
  }

  close() {
    this.observer.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** Whether logarithms alone would leave something out. */
  #crossesZero() {
    const {curves, options} = this.#given;
    const some = (values) => values.some((value) => value !== null && value <= 0);
    return options.together ? some(options.together) : curves.some((curve) => some(curve.y));
  }

  #visible() {
    return this.#given.curves.filter((curve) => !this.#hidden.has(curve.key));
  }

  #data() {
    const {curves} = this.#given;
    const own = (curve) => (curve.smooth ? [curve.y, curve.smooth] : [curve.y]);
    const groups = new Map();
    for (const curve of curves) {
      if (!groups.has(curve.x)) groups.set(curve.x, []);
      groups.get(curve.x).push(curve);
    }
    if (groups.size <= 1) return [curves[0]?.x ?? [], ...curves.flatMap(own)];
    // Several runs: each has places of its own.
    const tables = [...groups].map(([x, members]) => [x, ...members.flatMap(own)]);
    const joined = uPlot.join(tables, tables.map((table) => table.map(() => 1)));
    const at = new Map();
    let column = 1;
    for (const members of groups.values()) {
      for (const curve of members) {
        at.set(curve, column);
        column += curve.smooth ? 2 : 1;
      }
    }
    return [joined[0], ...curves.flatMap((curve) => own(curve).map((_, i) => joined[at.get(curve) + i]))];
  }

  #series() {
    return this.#given.curves.flatMap((curve) => {
      const own = color(`--${curve.own}`);
      const line = {scale: "y", spanGaps: true, points: {show: false}, show: !this.#hidden.has(curve.key),
        dash: DASHES[curve.dash % DASHES.length]};
      const few = curve.y.filter((value) => value !== null).length <= 24;
      const points = {show: few, size: 5, fill: own, stroke: own};
      return curve.smooth
        ? [{...line, stroke: faint(own), width: 1}, {...line, stroke: own, width: 2}]
        : [{...line, stroke: own, width: 1.6, points}];
    });
  }

  #range(axis) {
    const {options} = this.#given;
    if (axis === "x") return options.range;
    const all = options.together ?? this.#visible().flatMap((curve) => this.#within(curve));
    let [least, most] = [Infinity, -Infinity];
    for (const value of all) {
      if (value === null) continue;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return least <= most ? [least, most] : null;
  }

  /** The values of a curve in the part that is shown. */
  #within(curve) {
    const {range} = this.#given.options;
    return range ? curve.y.filter((_, i) => curve.x[i] >= range[0] && curve.x[i] <= range[1]) : curve.y;
  }

  #make() {
    const {options} = this.#given;
    this.#plot?.destroy();
    this.#showLegend();
    const ink = color("--ink-soft");
    const grid = {stroke: color("--line"), width: 1};
    const font = "11px system-ui, sans-serif";
    const axis = {stroke: ink, grid, ticks: {...grid, size: 4}, font, labelFont: font};
    this.#plot = new uPlot({
      width: this.canvas.clientWidth || 400,
      height: HEIGHT,
      padding: [10, 12, 0, 0],
      legend: {show: false},
      cursor: {
        sync: {key: "curves", setSeries: false},
        drag: {x: true, y: false, setScale: false},
        points: {size: 7},
      },
      scales: {
        x: {time: false, range: (_, least, most) => this.#range("x") ?? [least, most === least ? least + 1 : most]},
        y: {
          distr: options.log ? (this.#crossesZero() ? 4 : 3) : 1,
          asinh: 0.01,
          range: (plot, least, most) => this.#spread(least, most),
        },
      },
      axes: [
        {...axis, size: 30, values: (_, marks) => marks.map((mark) => (mark === null ? "" : place(options.axis, mark)))},
        {...axis, size: 48, values: (_, marks) => marks.map((mark) => (mark === null ? "" : number(mark)))},
      ],
      series: [{}, ...this.#series()],
      hooks: {
        setCursor: [(plot) => this.#values(plot.cursor.idx)],
        setSelect: [(plot) => this.#select(plot)],
        draw: [(plot) => this.#marks(plot)],
      },
    }, this.#data(), this.canvas);
    this.#plot.over.addEventListener("dblclick", () => this.zoom(null));
  }

  #spread(least, most) {
    const known = this.#range("y") ?? [least, most];
    let [low, high] = known;
    if (low === null || low === undefined) return [0, 1];
    if (this.#given.options.log && low > 0) return [low / 1.15, high * 1.15];
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
  }

  #rescale() {
    this.#plot.batch(() => {
      const x = this.#plot.data[0];
      const range = this.#range("x");
      this.#plot.setScale("x", {min: range ? range[0] : x[0] ?? 0, max: range ? range[1] : x[x.length - 1] ?? 1});
    });
  }

  #select(plot) {
    if (plot.select.width < 4) return;
    const ends = [plot.select.left, plot.select.left + plot.select.width].map((left) => plot.posToVal(left, "x"));
    plot.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
    this.zoom(ends);
  }

  /** What happened in the run: a line from top to bottom. */
  #marks(plot) {
    const {marks} = this.#given.options;
    if (!marks?.length) return;
    const {ctx, bbox} = plot;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const mark of marks) {
      const left = plot.valToPos(mark.at, "x", true);
      if (left < bbox.left || left > bbox.left + bbox.width) continue;
      ctx.strokeStyle = color(mark.kind === "watchdog" ? "--bad" : "--ink-soft");
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }

  #showLegend() {
    put(this.legend, this.#given.curves.map((curve) => {
      const value = h("span", {class: "value"});
      const button = h("button", {type: "button", "aria-pressed": String(!this.#hidden.has(curve.key)),
        vars: {"--own": `var(--${curve.own})`}, onclick: () => this.#hide(curve.key), title: "Show or hide"},
      h("span", {class: "swatch", "data-dash": String(curve.dash)}), h("span", {}, curve.label), value);
      curve.value = value;
      return button;
    }));
    this.values = [...this.legend.querySelectorAll(".value")];
    this.#values(null);
  }

  #hide(key) {
    if (!this.#hidden.delete(key)) this.#hidden.add(key);
    this.#make();
    const index = this.#given.curves.findIndex((curve) => curve.key === key);
    this.legend.children[index]?.focus();
  }

  /** Values under the cursor, or the last ones. */
  #values(index) {
    const {curves} = this.#given;
    let column = 1;
    curves.forEach((curve, i) => {
      column += curve.smooth ? 1 : 0;
      const data = this.#plot?.data[column];
      let at = index;
      if (data && at !== null && at !== undefined) while (at > 0 && (data[at] ?? null) === null) at--;
      const value = data && at !== null && at !== undefined ? data[at] : last(curve.smooth ?? curve.y);
      if (this.values[i]) text(this.values[i], number(value));
      column++;
    });
  }

  /** Plus and minus zoom, arrows move, 0 shows all. */
  #key(event) {
    const plot = this.#plot;
    if (!plot || event.ctrlKey || event.metaKey || event.altKey) return;
    const {min, max} = plot.scales.x;
    const width = max - min;
    const data = plot.data[0];
    const [first, end] = [data[0], data[data.length - 1]];
    const range = this.#given.options.range;
    const [whole0, whole1] = this.#given.options.whole ?? [first, end];
    const to = {
      "+": [min + width / 4, max - width / 4], "=": [min + width / 4, max - width / 4],
      "-": [min - width / 2, max + width / 2],
      "ArrowLeft": [min - width / 5, max - width / 5], "ArrowRight": [min + width / 5, max + width / 5],
      "0": "all", "Escape": "all",
    }[event.key];
    if (!to || (to === "all" && !range)) return;
    event.preventDefault();
    if (to === "all" || (to[0] <= whole0 && to[1] >= whole1)) this.zoom(null);
    else this.zoom([Math.max(to[0], whole0), Math.min(to[1], whole1)]);
  }

  #swap() {
    this.#table = !this.#table;
    this.swap.setAttribute("aria-pressed", String(this.#table));
    this.canvas.hidden = this.#table;
    this.rows.hidden = !this.#table;
    if (this.#table) this.#fillTable();
    else this.#resize();
  }

  #fillTable() {
    const {curves, options} = this.#given;
    const data = this.#plot?.data ?? [[]];
    const step = Math.max(1, Math.ceil(data[0].length / ROWS));
    const shown = [];
    for (let i = data[0].length - 1; i >= 0; i -= step) shown.push(i);
    let column = 1;
    const columns = curves.map((curve) => {
      column += curve.smooth ? 1 : 0;
      return column++;
    });
    put(this.rows, h("table", {},
      h("thead", {}, h("tr", {}, [AXIS[options.axis], ...curves.map((curve) => curve.label)].map((words) => h("th", {scope: "col"}, words)))),
      h("tbody", {}, shown.map((i) => h("tr", {}, h("th", {scope: "row"}, place(options.axis, data[0][i])),
        columns.map((at) => h("td", {}, number(data[at][i]))))))));
  }

  /** What readers of screens are told in place of curves. */
  #describe() {
    const {curves, options} = this.#given;
    const parts = curves.map((curve) => {
      const range = extremes(curve.y);
      return range ? `${curve.label}: now ${number(last(curve.y))}, from ${number(range[0])} to ${number(range[1])}` : `${curve.label}: nothing yet`;
    });
    this.canvas.setAttribute("aria-label", `${this.heading} over ${AXIS[options.axis]}. ${parts.join("; ")}. `
      + "Plus and minus zoom, arrows move, 0 shows all; the button Table has the numbers.");
  }

  #resize() {
    const width = this.canvas.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({width, height: HEIGHT});
  }
}

function last(values) {
  for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null) return values[i];
  return null;
}

function extremes(values) {
  let range = null;
  for (const value of values) {
    if (value === null) continue;
    if (!range) range = [value, value];
    if (value < range[0]) range[0] = value;
    if (value > range[1]) range[1] = value;
  }
  return range;
}
