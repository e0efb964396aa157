// evidence: what an event rests on: its parts, its chain of sources, the table line, the tree of its sentence; and whether
// an article bears out its headline.
//
// In: an event, a document's id. Out: elements.

import * as api from "./api";
import { el, unfold } from "./dom";
import { statusWord } from "./list";
import type { Kind } from "./marks";
import { codeName, placeName, typeGloss, typeName } from "./names";
import { periodName } from "./timeline";
import { tree } from "./tree";
import { fill, number, say, type Word } from "./words";

function chain(event: api.Event): HTMLElement {
  const links = event.sources.map((source, i) => {
    const name = source.name ?? source.text;
    return el("li", {}, i ? fill("via", name) : name,
      source.code ? el("span", { class: "code", "data-tip": codeName(source.code) }, ` ${source.code}`) : null,
      source.state_media ? el("span", { class: "badge" }, say("stateMedia")) : null);
  });
  return el("ol", { class: "chain" }, ...links, event.outlet ? el("li", {}, fill("via", event.outlet)) : null);
}

function party(one: api.Party): HTMLElement {
  // A country's own name says no more than its code does.
  const name = one.name && placeName(one.name, one.code.slice(0, 3)).startsWith(one.name) ? one.name : null;
  return el("div", {}, one.text, " ", el("span", { class: "code" }, [one.code, name, codeName(one.code)].filter(Boolean).join(" · ")));
}

function typeOf(event: api.Event): string {
  const name = typeName(event.type), code = name === event.type ? "" : ` (${event.type})`;
  return `${name}${code}${event.mode ? `/${event.mode}` : ""}: ${typeGloss(event.type)}`;
}

function timeOf(time: NonNullable<api.Event["time"]>): string {
  if (!time.start) return time.text;
  const end = time.end && time.end !== time.start ? ` – ${periodName(time.end)}` : "";
  return `${time.text} (${periodName(time.start)}${end})`;
}

// A narrow column breaks it behind its slashes.
function ruleOf(rule: string | null): HTMLElement {
  const parts = rule ? `languages/${rule}`.split("/") : ["—"];
  return el("code", {}, ...parts.flatMap((part, i) => (i ? ["/", el("wbr"), part] : [part])));
}

// `toText` shows the event in the text, where that is not beside it.
export function evidence(event: api.Event, doc: string, toText: () => void): HTMLElement {
  const box = el("dl", { class: "details" });
  const row = (name: Word, kind: Kind | null, ...value: (Node | string)[]) =>
    box.append(el("dt", {}, kind ? el("i", { class: `swatch ${kind}` }) : null, say(name)), el("dd", {}, ...value));
  const side = (parties: api.Party[]) => (parties.length ? parties.map(party) : ["—"]);
  row("actor", "actor", ...side(event.actors));
  row("recipient", "recipient", ...side(event.recipients));
  row("type", null, typeOf(event));
  row("status", null, statusWord(event.status) + (event.goldstein === null ? "" : ` · Goldstein ${number(event.goldstein)}`));
  row("trigger", "trigger", event.trigger.text);
  if (event.time) row("time", "time", timeOf(event.time));
  if (event.place) {
    const known = event.place.name ? ` (${placeName(event.place.name, event.place.country)})` : "";
    row("place", "place", event.place.text + known);
  }
  if (event.sources.length) row("source", "source", chain(event));
  row("rule", null, ruleOf(event.rule));
  return el("div", { class: "rests" }, box,
    el("button", { type: "button", class: "narrow", click: toText }, `↑ ${say("inText")}`),
    unfold(say("tree"), async () => tree(await api.plain("tree", doc), event)));
}

// ---- The headline ----

const verdicts: Record<string, Word> = {
  supported: "supported", exaggerated: "exaggerated", unsupported: "unsupported", "no claim": "noClaim",
};

function badge(verdict: string): HTMLElement {
  const word = verdicts[verdict];
  return el("b", { class: `badge ${verdict.replace(" ", "-")}` }, word ? say(word) : verdict);
}

// Reasons are the program's own, in English. One that cannot be had is left out.
export function judged(doc: string): HTMLElement {
  const holder = el("div", { class: "verdict" });
  api.headline(doc).then((found) => {
    holder.append(el("p", {}, `${say("headline")} `, badge(found.verdict)), el("p", { class: "facts", lang: "en" }, found.reason));
    if (found.claims.length < 2) return;
    holder.append(el("ul", {}, ...found.claims.map((claim) =>
      el("li", {}, `${claim.text} `, badge(claim.verdict), el("span", { class: "facts", lang: "en" }, ` ${claim.reason}`)))));
  }, () => holder.remove());
  return holder;
}
