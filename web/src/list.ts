// list: events for reading: who did what to whom, when, where, according to whom, with the sentence.
//
// In: events. Out: a list; each item leads to its article and narrows the filter by its parties.

import type { Event, Party, Summary } from "./api";
import { counts } from "./charts";
import { el } from "./dom";
import { codeName, placeName, typeGloss, typeName } from "./names";
import { address, asked, change, read } from "./state";
import { periodName } from "./timeline";
import { fill, isWord, number, say } from "./words";

function party(side: Party[], field: "actor" | "recipient"): HTMLElement {
  const all = el("span", { class: "side" });
  side.forEach((one, i) => {
    if (i) all.append(", ");
    const country = one.code.split(" ")[0] ?? one.code;
    const code = el("span", { class: "code", "data-tip": [one.name, codeName(one.code)].filter(Boolean).join(" · ") }, one.code);
    all.append(country === "---" ? one.text : el("a", {
      href: "#", click: (event) => {
        event.preventDefault();
        change({ [field]: country });
      },
    }, one.text), " ", code);
  });
  if (!side.length) all.append("—");
  return all;
}

// The sentence with the words that tell the event marked; spans count bytes.
export function marked(text: string, start: number, span: [number, number]): (Node | string)[] {
  const bytes = new TextEncoder().encode(text), decoder = new TextDecoder();
  const from = Math.max(0, span[0] - start), to = Math.max(from, span[1] - start);
  if (from >= bytes.length || to > bytes.length || from === to) return [text];
  return [decoder.decode(bytes.slice(0, from)), el("mark", {}, decoder.decode(bytes.slice(from, to))),
    decoder.decode(bytes.slice(to))];
}

export function statusWord(status: string): string {
  return isWord(status) ? say(status) : status;
}

export function sideOf(event: Event): "cooperation" | "conflict" {
  return event.quad && event.quad > 2 ? "conflict" : "cooperation";
}

export function typeWord(event: Event): HTMLElement {
  return el("span", { class: `type ${sideOf(event)}`, "data-tip": `${event.type}: ${typeGloss(event.type)}` },
    `${event.mutual ? "⟷" : "⟶"} ${typeName(event.type)}${event.mode ? `/${event.mode}` : ""}`);
}

function facts(event: Event): HTMLElement {
  const line = el("p", { class: "facts" });
  const add = (...parts: (Node | string)[]) => line.append(line.childNodes.length ? " · " : "", ...parts);
  if (event.place) add(placeName(event.place.name, event.place.country) || event.place.text);
  event.sources.forEach((source, i) => {
    const name = `${source.name ?? source.text}${source.state_media ? ` (${say("stateMedia")})` : ""}`;
    if (i) line.append(`, ${fill("via", name)}`);
    else add(fill("said", name));
  });
  if (event.outlet) add(event.outlet);
  const conditions = { ...asked(read().conditions), doc: event.doc, event: event.id };
  add(el("a", { href: address({ view: "article", conditions }), "data-link": true }, say("document")));
  return line;
}

function dayOf(event: Event): HTMLElement {
  const day = event.time?.start ?? event.published?.slice(0, 10);
  return day ? el("time", { datetime: day }, periodName(day)) : el("time", {}, say("noDate"));
}

export function item(event: Event): HTMLElement {
  return el("li", { class: sideOf(event) }, dayOf(event), el("div", {},
    el("p", { class: "head" }, party(event.actors, "actor"), " ", typeWord(event), " ", party(event.recipients, "recipient"),
      event.status === "asserted" ? null : el("span", { class: "status" }, statusWord(event.status))),
    el("p", { class: "sentence", lang: event.lang }, ...marked(event.sentence.text, event.sentence.span[0], event.trigger.span)),
    facts(event)));
}

export function nothing(conditions: Record<string, string>): HTMLElement {
  if (Object.keys(conditions).length) return el("p", { class: "nothing" }, el("b", {}, say("nothing")), ` ${say("nothingHint")}`);
  return el("p", { class: "nothing" }, `${say("empty")} `, el("code", {}, "karaka add DB FILE"));
}

// Rows with a bar each; a click narrows the filter.
export function table(label: string, rows: Summary[], name: (row: Summary) => string, pick: ((row: Summary) => void) | null,
  gloss: (row: Summary) => string = () => ""): HTMLElement {
  if (!rows.length) return el("p", {}, say("nothing"));
  const most = Math.max(...rows.map((row) => row.events));
  const body = rows.map((row) => {
    const bar = el("span", { class: "bar", "data-tip": counts(row) });
    bar.append(share(row.cooperation / most, "cooperation"), share(row.conflict / most, "conflict"));
    const named = pick && row.outlet !== null
      ? el("a", { href: "#", click: (event) => { event.preventDefault(); pick(row); } }, name(row))
      : el("span", {}, name(row));
    const more = gloss(row);
    return el("tr", {}, el("th", { scope: "row" }, named, more ? el("small", {}, more) : null),
      el("td", { class: "number" }, number(row.events)), el("td", { class: "bars" }, bar));
  });
  const head = el("thead", { class: "unseen" }, el("tr", {}, el("th", { scope: "col" }, label),
    el("th", { scope: "col" }, say("events")), el("th", { scope: "col" }, `${say("cooperation")}, ${say("conflict")}`)));
  return el("table", {}, head, el("tbody", {}, ...body));
}

// The same in figures: what a chart shows, for those who cannot see it.
export function figures(label: string, rows: Summary[], name: (row: Summary) => string,
  pick: ((row: Summary) => void) | null = null): HTMLElement {
  const named = (row: Summary) =>
    (pick ? el("a", { href: "#", click: (event) => { event.preventDefault(); pick(row); } }, name(row)) : name(row));
  const head = [label, say("events"), say("cooperation"), say("conflict")];
  return el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": label }, el("table", { class: "figured" },
    el("thead", {}, el("tr", {}, ...head.map((word, i) => el("th", { scope: "col", class: i ? "number" : "" }, word)))),
    el("tbody", {}, ...rows.map((row) => el("tr", {}, el("th", { scope: "row" }, named(row)),
      ...[row.events, row.cooperation, row.conflict].map((value) => el("td", { class: "number" }, number(value))))))));
}

// Widths come from script through the CSSOM, which the page's policy allows; style attributes it does not.
function share(part: number, kind: string): HTMLElement {
  const piece = el("i", { class: kind });
  piece.style.width = `${Math.round(part * 1000) / 10}%`;
  return piece;
}
