// list: events for reading: who did what to whom, when, where, according to whom, with the sentence.
//
// In: events. Out: a list; each item leads to its article and narrows the filter by its parties.

import type { Event, Party, Summary } from "./api";
import { counts } from "./charts";
import { el } from "./dom";
import { address, change } from "./state";
import { isWord, number, say } from "./words";

function party(side: Party[], field: "actor" | "recipient"): HTMLElement {
  const all = el("span", { class: "side" });
  side.forEach((one, i) => {
    if (i) all.append(", ");
    const country = one.code.split(" ")[0] ?? one.code;
    all.append(el("a", {
      href: "#", title: one.name ?? one.text, click: (event) => {
        event.preventDefault();
        change({ [field]: country === "---" ? "" : country });
      },
    }, one.text), " ", el("span", { class: "code" }, one.code));
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

function facts(event: Event): HTMLElement {
  const line = el("p", { class: "facts" });
  const add = (...parts: (Node | string)[]) => line.append(line.childNodes.length ? " · " : "", ...parts);
  if (event.place) add(event.place.name ? `${event.place.name}${event.place.country ? `, ${event.place.country}` : ""}` : event.place.text);
  event.sources.forEach((source, i) => {
    const name = `${source.name ?? source.text}${source.state_media ? " ★" : ""}`;
    if (i) line.append(`, ${say("via")} ${name}`);
    else add(`${say("said")} ${name}`);
  });
  if (event.outlet) add(event.outlet);
  add(el("a", { href: address({ view: "article", conditions: { doc: event.doc, event: event.id } }), "data-link": true }, say("document")));
  return line;
}

export function item(event: Event): HTMLElement {
  const kind = event.quad && event.quad > 2 ? "conflict" : "cooperation";
  const head = el("p", { class: "head" },
    el("time", {}, event.time?.start ?? event.published?.slice(0, 10) ?? say("noDate")), " ",
    party(event.actors, "actor"), " ",
    el("span", { class: `type ${kind}` }, `${event.mutual ? "⟷" : "⟶"} ${event.type}${event.mode ? `/${event.mode}` : ""}`), " ",
    party(event.recipients, "recipient"),
    event.status === "asserted" ? null : el("span", { class: "status" }, ` ${statusWord(event.status)}`));
  return el("li", { class: kind }, head,
    el("p", { class: "sentence", lang: event.lang }, ...marked(event.sentence.text, event.sentence.span[0], event.trigger.span)),
    facts(event));
}

export function list(rows: Event[]): HTMLElement {
  return rows.length ? el("ol", { class: "events" }, ...rows.map(item)) : el("p", {}, say("nothing"));
}

// Rows with a bar each; a click narrows the filter.
export function table(rows: Summary[], name: (row: Summary) => string, pick: ((row: Summary) => void) | null): HTMLElement {
  if (!rows.length) return el("p", {}, say("nothing"));
  const most = Math.max(...rows.map((row) => row.events));
  const body = rows.map((row) => {
    const bar = el("span", { class: "bar", title: counts(row) });
    bar.append(share(row.cooperation / most, "cooperation"), share(row.conflict / most, "conflict"));
    const label = pick
      ? el("a", { href: "#", click: (event) => { event.preventDefault(); pick(row); } }, name(row))
      : el("span", {}, name(row));
    return el("tr", {}, el("th", { scope: "row" }, label), el("td", { class: "number" }, number(row.events)), el("td", {}, bar));
  });
  return el("table", {}, el("tbody", {}, ...body));
}

// Widths come from script through the CSSOM, which the page's policy allows; style attributes it does not.
function share(part: number, kind: string): HTMLElement {
  const piece = el("i", { class: kind });
  piece.style.width = `${Math.round(part * 1000) / 10}%`;
  return piece;
}
