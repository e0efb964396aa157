// article: the text with what was read in it marked, and what each mark rests on.
//
// In: a document's id, an event to begin with. Out: the text beside the events; a chosen event shows its parts, its chain of
// sources, the table line and the tree of its sentence.

import * as api from "./api";
import { el, panel, safeLink, unfold } from "./dom";
import { statusWord, typeWord } from "./list";
import { codeName, placeName, typeGloss, typeName } from "./names";
import { address, type State } from "./state";
import { periodName } from "./timeline";
import { fill, number, say, type Word } from "./words";

const kinds = ["actor", "recipient", "trigger", "source", "time", "place", "mention"] as const;
type Kind = (typeof kinds)[number];
interface Mark { start: number; end: number; kind: Kind; event?: api.Event }

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
  event.mentions.forEach((mention) => add("mention", mention.span));
  return all;
}

// The bytes [from, to) cut at the borders of the marks; where marks overlap the shorter one shows. What tells another event is
// a link to it.
function paint(bytes: Uint8Array, from: number, to: number, all: Mark[], link: (event: api.Event, words: string) => Node): (Node | string)[] {
  const decoder = new TextDecoder(), cuts = new Set([from, to]);
  for (const mark of all) for (const at of [mark.start, mark.end]) if (at > from && at < to) cuts.add(at);
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] as number, piece = decoder.decode(bytes.slice(start, end));
    const over = all.filter((mark) => mark.start <= start && mark.end >= end)
      .sort((a, b) => Number(!!a.event) - Number(!!b.event) || a.end - a.start - (b.end - b.start))[0];
    if (!over) return piece;
    return over.event ? link(over.event, piece) : el("mark", { class: over.kind, "data-tip": say(over.kind) }, piece);
  });
}

// ---- The tree of one sentence: each word on a line below its head ----

interface Word_ { id: number; form: string; tag: string; head: number; relation: string }

function sentenceOf(conllu: string, index: number): Word_[] {
  const block = conllu.trim().split(/\n\n+/)[index] ?? "";
  return block.split("\n").filter((line) => /^\d+\t/.test(line)).map((line) => {
    const cells = line.split("\t");
    return { id: Number(cells[0]), form: cells[1] ?? "", tag: cells[3] ?? "", head: Number(cells[6]), relation: cells[7] ?? "" };
  });
}

// Where each word stands in the text: the forms follow one another in the sentence.
function spansOf(words: Word_[], bytes: Uint8Array, sentence: [number, number]): Map<number, [number, number]> {
  const encoder = new TextEncoder(), text = new TextDecoder().decode(bytes.slice(...sentence)), found = new Map<number, [number, number]>();
  let at = 0;
  for (const word of words) {
    const here = text.indexOf(word.form, at);
    if (here < 0) continue;
    const start = sentence[0] + encoder.encode(text.slice(0, here)).length;
    found.set(word.id, [start, start + encoder.encode(word.form).length]);
    at = here + word.form.length;
  }
  return found;
}

function branch(words: Word_[], head: number, kindOf: (word: Word_) => string): HTMLElement | null {
  const children = words.filter((word) => word.head === head);
  if (!children.length) return null;
  return el("ul", { class: head ? "" : "tree" }, ...children.map((word) =>
    el("li", {}, el("span", { class: `word ${kindOf(word)}` }, word.form), " ",
      el("span", { class: "code" }, `${word.relation} · ${word.tag}`), branch(words, word.id, kindOf))));
}

async function tree(event: api.Event, doc: string, bytes: Uint8Array, lang: string): Promise<HTMLElement> {
  const words = sentenceOf(await api.plain("tree", doc), event.sentence.index), shown = marks(event);
  const spans = spansOf(words, bytes, event.sentence.span);
  const drawn = branch(words, 0, (word) => {
    const span = spans.get(word.id);
    const over = span && shown.filter((mark) => mark.start <= span[0] && mark.end >= span[1]).sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    return over?.kind ?? "";
  });
  const holder = el("div", { class: "wide", lang, tabindex: 0, role: "region", "aria-label": say("tree") });
  holder.append(drawn ?? say("nothing"));
  return holder;
}

// ---- What an event rests on ----

function chain(event: api.Event): HTMLElement {
  return el("ol", { class: "chain" }, ...event.sources.map((source, i) => el("li", {}, i ? fill("via", source.name ?? source.text) : source.name ?? source.text,
    source.code ? el("span", { class: "code", "data-tip": codeName(source.code) }, ` ${source.code}`) : null,
    source.state_media ? el("span", { class: "badge" }, say("stateMedia")) : null)),
    event.outlet ? el("li", {}, fill("via", event.outlet)) : null);
}

function span(time: NonNullable<api.Event["time"]>): string {
  if (!time.start) return "";
  const end = time.end && time.end !== time.start ? ` – ${periodName(time.end)}` : "";
  return ` (${periodName(time.start)}${end})`;
}

function details(event: api.Event, doc: string, bytes: Uint8Array, toText: () => void): HTMLElement {
  const box = el("dl", { class: "details" });
  const row = (name: string, kind: Kind | "", ...value: (Node | string)[]) =>
    box.append(el("dt", {}, kind ? el("i", { class: `swatch ${kind}` }) : "", name), el("dd", {}, ...value));
  const side = (parties: api.Party[]) => parties.map((p) => el("div", { class: "party" }, p.text, " ",
    el("span", { class: "code" }, [p.code, p.name && placeName(p.name, p.code.slice(0, 3)).startsWith(p.name) ? p.name : null, codeName(p.code)].filter(Boolean).join(" · "))));
  const none = (nodes: Node[]) => (nodes.length ? nodes : ["—"]);
  row(say("actor"), "actor", ...none(side(event.actors)));
  row(say("recipient"), "recipient", ...none(side(event.recipients)));
  row(say("type"), "", `${typeName(event.type)}${typeName(event.type) === event.type ? "" : ` (${event.type})`}${event.mode ? `/${event.mode}` : ""}: ${typeGloss(event.type)}`);
  row(say("status"), "", `${statusWord(event.status)}${event.goldstein === null ? "" : ` · Goldstein ${number(event.goldstein)}`}`);
  row(say("trigger"), "trigger", event.trigger.text);
  if (event.time) row(say("when"), "time", `${event.time.text}${span(event.time)}`);
  if (event.place) row(say("where"), "place", `${event.place.text}${event.place.name ? ` (${placeName(event.place.name, event.place.country)})` : ""}`);
  if (event.sources.length) row(say("source"), "source", chain(event));
  row(say("rule"), "", el("code", {}, ...(event.rule ? ["languages/", el("wbr"), ...event.rule.split("/").flatMap((part, i) => (i ? ["/", el("wbr"), part] : [part]))] : ["—"])));
  return el("div", { class: "rests" }, box, el("button", { type: "button", class: "narrow", click: toText }, `↑ ${say("inText")}`), unfold(say("tree"), () => tree(event, doc, bytes, event.lang)));
}

const verdicts: Record<string, Word> = { supported: "supported", exaggerated: "exaggerated", unsupported: "unsupported", "no claim": "noClaim" };

function judged(doc: string): HTMLElement {
  const holder = el("div", { class: "verdict" });
  api.headline(doc).then((found) => {
    const word = (verdict: string) => (verdicts[verdict] ? say(verdicts[verdict] as Word) : verdict);
    holder.append(el("p", {}, `${say("headline")} `, el("b", { class: `badge ${found.verdict.replace(" ", "-")}` }, word(found.verdict))),
      el("p", { class: "facts", lang: "en" }, found.reason));
    if (found.claims.length > 1) holder.append(el("ul", {}, ...found.claims.map((claim) =>
      el("li", {}, `${claim.text} `, el("span", { class: `badge ${claim.verdict}` }, word(claim.verdict)), el("span", { class: "facts", lang: "en" }, ` ${claim.reason}`)))));
  }, () => holder.remove());
  return holder;
}

function about(text: api.Article): HTMLElement {
  const link = safeLink(text.url), day = text.published?.slice(0, 10);
  const line = el("p", { class: "facts" }, [text.outlet, day ? periodName(day) : null, text.section].filter(Boolean).join(" · "));
  if (link) line.append(line.textContent ? " · " : "", el("a", { href: link, rel: "noreferrer noopener" }, new URL(link).hostname));
  if (text.duplicate_of)
    line.append(el("span", { class: "badge" }, `${say("copyOf")} `,
      el("a", { href: address({ view: "article", conditions: { doc: text.duplicate_of } }), "data-link": true }, text.duplicate_of)));
  return line;
}

export async function article(state: State): Promise<HTMLElement> {
  const doc = state.conditions["doc"];
  if (!doc) return el("p", { class: "nothing" }, `${say("chooseArticle")} `,
    el("a", { href: address({ view: "search", conditions: state.conditions }), "data-link": true }, `${say("search")} →`));
  const [text, found] = await Promise.all([api.article(doc), api.events({ doc, sort: "day" }, 500, 0)]);
  const events = found.rows.sort((a, b) => a.trigger.span[0] - b.trigger.span[0]);
  const bytes = new TextEncoder().encode(text.text), size = new TextEncoder().encode(text.title ?? "").length;
  const head = text.title && text.text.startsWith(text.title) ? size : 0;
  const title = el("h2", { class: "title", lang: text.lang }), body = el("div", { class: "text", lang: text.lang });
  const to = (event: api.Event | null) => address({ view: "article", conditions: { ...state.conditions, event: event?.id ?? "" } });
  const link = (event: api.Event, words: string): Node => el("a", {
    class: "mark", href: to(event), "data-tip": `${event.actors[0]?.text ?? "—"} → ${event.type} → ${event.recipients[0]?.text ?? "—"}`,
    click: (click) => { click.preventDefault(); choose(event, "text"); },
  }, words);
  const toText = () => (body.querySelector("mark.trigger") ?? title.querySelector("mark.trigger"))?.scrollIntoView({ block: "center" });
  const rows = events.map((event) => {
    const button = el("button", { type: "button", "aria-expanded": "false", click: () => choose(button.getAttribute("aria-expanded") === "true" ? null : event, "list") },
      el("span", {}, event.actors[0]?.text ?? "—", " ", typeWord(event), " ", event.recipients[0]?.text ?? "—",
        event.status === "asserted" ? null : el("span", { class: "status" }, statusWord(event.status))));
    return { event, button, item: el("li", {}, button) };
  });
  const choose = (event: api.Event | null, from: "address" | "text" | "list") => {
    const others = events.filter((one) => one !== event).map((one): Mark => ({ start: one.trigger.span[0], end: one.trigger.span[1], kind: "trigger", event: one }));
    const shown = [...(event ? marks(event) : []), ...others];
    title.replaceChildren(...(head ? paint(bytes, 0, head, shown, link) : [text.title ?? `${say("article")} ${text.id}`]));
    body.replaceChildren(...paint(bytes, head, bytes.length, shown, link));
    body.firstChild instanceof Text && (body.firstChild.data = body.firstChild.data.trimStart());
    for (const row of rows) {
      row.button.setAttribute("aria-expanded", String(row.event === event));
      row.item.replaceChildren(row.button, ...(row.event === event ? [details(row.event, doc, bytes, toText)] : []));
    }
    if (from !== "address") {
      history.replaceState(null, "", to(event));
      rows.find((row) => row.event === event)?.button.focus({ preventScroll: true });
    }
    // Beside one another both come into view; where the events are below the text, that which was not clicked.
    const besides = innerWidth > 900, item = rows.find((row) => row.event === event)?.item;
    if (event) requestAnimationFrame(() => {
      if (from === "address" || (besides && from === "list")) toText();
      if (from === "text" || besides) item?.scrollIntoView({ block: besides ? "nearest" : "start" });
    });
  };
  choose(events.find((event) => event.id === state.conditions["event"]) ?? null, "address");
  const legend = el("p", { class: "key" }, say("markedKey"), " ", ...kinds.map((kind) => el("mark", { class: kind }, say(kind))));
  return el("div", { class: "article" },
    el("div", { class: "page" }, title, about(text), text.title ? judged(doc) : "", legend, body),
    el("aside", { "aria-label": say("search") }, panel(`${say("search")} · ${number(events.length)}`,
      el("p", { class: "note" }, events.length ? say("chooseEvent") : say("nothing")), el("ol", { class: "chosen" }, ...rows.map((row) => row.item)),
      unfold(say("explain"), async () => el("pre", { tabindex: 0, lang: text.lang }, await api.plain("explain", doc))))));
}
