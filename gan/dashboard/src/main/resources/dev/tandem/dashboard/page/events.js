// What happened, and the end of the log.

import {h, put} from "./dom.js";
import {chosen} from "./state.js";
import {number} from "./format.js";

const WORDS = {begin: "start", watchdog: "watchdog", warning: "warning", interrupt: "interrupted"};

export function eventsView(panel) {
  const runs = chosen();
  const places = new Map(runs.map((run) => [run.id, {list: h("ol", {class: "events"}), log: h("pre", {class: "log", tabIndex: 0, "aria-label": `Log of ${run.id}`})}]));
  put(panel, h("div", {class: runs.length > 1 ? "halves" : "stack"}, runs.map((run) => h("section", {class: "card"},
    h("header", {}, h("h2", {}, runs.length > 1 ? run.id : "Events")), places.get(run.id).list,
    h("h3", {}, "Log"), places.get(run.id).log))));
  return {
    update(details) {
      for (const [id, {list, log}] of places) {
        const told = details.get(id);
        if (!told) continue;
        put(list, told.events.length === 0 ? h("li", {class: "hint"}, "Nothing was logged.") : told.events.toReversed().map((event) => h("li", {"data-kind": event.kind},
          h("span", {class: "kind"}, WORDS[event.kind] ?? event.kind),
          h("span", {class: "when"}, [event.time ? new Date(event.time).toLocaleString() : "", event.round >= 0 ? `round ${number(event.round)}` : ""].filter(Boolean).join(", ")),
          h("span", {class: "text"}, event.text))));
        const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
        log.textContent = told.log.join("\n");
        if (atEnd) log.scrollTop = log.scrollHeight;
      }
    },
  };
}
