// article: the text with what was read in it marked, and what each mark rests on.
//
// In: a document's id, an event to begin with. Out: the text beside the events; a chosen event shows its parts, its chain of
// sources, the table line and the tree of its sentence.

import * as api from "./api";
import { el, panel, safeLink } from "./dom";
import { statusWord } from "./list";
import type { State } from "./state";
import { say } from "./words";

type Kind = "actor" | "recipient" | "trigger" | "source" | "time" | "place";
interface Mark { start: number; end: number; kind: Kind }

function marks(event: api.Event): Mark[] {
  const all: Mark[] = [];
  const add = (kind: Kind, span: [number, number] | undefined) => {
    if (span && span[0] < span[1]) all.push({ start: span[0], end: span[1], kind });
  };
  add("trigger", event.trigger.span);
  event.actors.forEach((party) => add("actor", party.span));
  event.recipients.forEach((party) => add("recipient", party.span));
  add("time", event.time?.span);
  add("place", event.place?.span);
  event.sources.forEach((source) => add("source", source.span));
  return all;
}

// Text cut at the borders of the marks (bytes); where marks overlap the shorter one shows.
function paint(text: string, all: Mark[]): (Node | string)[] {
  const bytes = new TextEncoder().encode(text), decoder = new TextDecoder();
  const cuts = new Set([0, bytes.length]);
  for (const mark of all) if (mark.end <= bytes.length) cuts.add(mark.start).add(mark.end);
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] as number, piece = decoder.decode(bytes.slice(start, end));
    const over = all.filter((mark) => mark.start <= start && mark.end >= end).sort((a, b) => a.end - a.start - (b.end - b.start));
    return over[0] ? el("mark", { class: over[0].kind, title: over[0].kind }, piece) : piece;
  });
}

// ---- The tree of one sentence: each word on a line below its head ----

interface Word { id: number; form: string; lemma: string; tag: string; head: number; relation: string }

function sentenceOf(conllu: string, index: number): Word[] {
  const block = conllu.trim().split(/\n\n+/)[index] ?? "";
  return block.split("\n").filter((line) => /^\d+\t/.test(line)).map((line) => {
    const cells = line.split("\t");
    return { id: Number(cells[0]), form: cells[1] ?? "", lemma: cells[2] ?? "", tag: cells[3] ?? "", head: Number(cells[6]), relation: cells[7] ?? "" };
  });
}

function branch(words: Word[], head: number): HTMLElement | null {
  const children = words.filter((word) => word.head === head);
  if (!children.length) return null;
  return el("ul", { class: "tree" }, ...children.map((word) =>
    el("li", {}, el("b", {}, word.form), " ", el("span", { class: "code" }, `${word.relation} ${word.tag}`), branch(words, word.id))));
}

function details(event: api.Event, doc: string): HTMLElement {
  const box = el("dl", { class: "details" });
  const row = (name: string, ...value: (Node | string)[]) => box.append(el("dt", {}, name), el("dd", {}, ...value));
  const side = (parties: api.Party[]) => parties.map((p) => `${p.text} (${p.code}${p.name ? `, ${p.name}` : ""})`).join("; ") || "—";
  row(say("actor"), side(event.actors));
  row(say("recipient"), side(event.recipients));
  row(say("type"), `${event.type}${event.mode ? `/${event.mode}` : ""} · ${statusWord(event.status)}${event.goldstein === null ? "" : ` · ${event.goldstein}`}`);
  if (event.time) row(say("when"), `${event.time.text}${event.time.start ? ` (${event.time.start}${event.time.end && event.time.end !== event.time.start ? ` – ${event.time.end}` : ""})` : ""}`);
  if (event.place) row(say("where"), `${event.place.text}${event.place.name ? ` (${event.place.name}, ${event.place.country ?? "?"})` : ""}`);
  if (event.sources.length) row(say("said"), event.sources.map((s) => `${s.name ?? s.text}${s.state_media ? " ★" : ""}`).join(` ${say("via")} `));
  row(say("rule"), el("code", {}, event.rule ?? "—"));
  const tree = el("details", { toggle: () => {
    if (tree.childElementCount > 1) return;
    void api.plain("tree", doc).then((text) => {
      const words = sentenceOf(text, event.sentence.index);
      tree.append(branch(words, 0) ?? el("p", {}, say("nothing")));
    }, (error: Error) => tree.append(error.message));
  } }, el("summary", {}, say("tree")));
  return el("div", {}, box, tree);
}

function verdict(doc: string): HTMLElement {
  const holder = el("p", { class: "verdict" });
  api.headline(doc).then((judged) => {
    holder.append(el("b", {}, `${say("headline")}: ${judged.verdict}`), ` — ${judged.reason}`);
  }, () => holder.remove());
  return holder;
}

export async function article(state: State): Promise<HTMLElement> {
  const doc = state.conditions["doc"];
  if (!doc) return el("p", {}, say("chooseArticle"));
  const [text, found] = await Promise.all([api.article(doc), api.events({ doc, sort: "day" }, 200, 0)]);
  const events = found.rows.sort((a, b) => a.trigger.span[0] - b.trigger.span[0]);
  const body = el("div", { class: "text", lang: text.lang });
  const side = el("div", { class: "chosen" });
  const buttons = events.map((event) => el("button", { type: "button", "aria-pressed": "false", click: () => choose(event) },
    `${event.actors[0]?.text ?? "—"} ${event.mutual ? "⟷" : "⟶"} ${event.type} ${event.recipients[0]?.text ?? ""}`));
  const choose = (event: api.Event | null) => {
    const shown = event ? marks(event) : events.map((e) => ({ start: e.trigger.span[0], end: e.trigger.span[1], kind: "trigger" as Kind }));
    body.replaceChildren(...paint(text.text, shown));
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(events[i] === event)));
    side.replaceChildren(...(event ? [details(event, doc)] : []));
    if (event) body.querySelector("mark.trigger")?.scrollIntoView({ block: "center" });
  };
  choose(events.find((event) => event.id === state.conditions["event"]) ?? null);
  const link = safeLink(text.url);
  const explained = el("details", { toggle: () => {
    if (explained.childElementCount > 1) return;
    void api.plain("explain", doc).then((said) => explained.append(el("pre", {}, said)), (error: Error) => explained.append(error.message));
  } }, el("summary", {}, say("explain")));
  return el("div", { class: "article" },
    el("div", { class: "page" }, el("p", { class: "facts" }, [text.outlet, text.published, text.section].filter(Boolean).join(" · "),
      link ? " · " : "", link ? el("a", { href: link, rel: "noreferrer noopener" }, link) : null), verdict(doc), body),
    el("aside", {}, panel(say("search"), el("div", { class: "buttons" }, ...buttons), side), explained));
}
