// article: the text with what was read in it marked, beside the events that it tells.
//
// In: a document's id, an event to begin with. Out: the text beside the events; a chosen event is marked with its parts, and
// shows what it rests on.

import * as api from "./api";
import { el, panel, safeLink, unfold } from "./dom";
import { evidence, judged } from "./evidence";
import { statusWord, typeWord } from "./list";
import { kinds, marks, paint, type Mark } from "./marks";
import { address, type State } from "./state";
import { periodName } from "./timeline";
import { fill, number, say } from "./words";

function about(text: api.Article): HTMLElement {
  const link = safeLink(text.url), day = text.published?.slice(0, 10);
  const line = el("p", { class: "facts" }, [text.outlet, day ? periodName(day) : null, text.section].filter(Boolean).join(" · "));
  if (link) line.append(line.textContent ? " · " : "", el("a", { href: link, rel: "noreferrer noopener" }, hostOf(link)));
  if (text.duplicate_of) {
    const first = address({ view: "article", conditions: { doc: text.duplicate_of } });
    line.append(el("span", { class: "badge" }, `${say("copyOf")} `, el("a", { href: first, "data-link": true }, text.duplicate_of)));
  }
  return line;
}

function hostOf(link: string): string {
  try { return new URL(link).hostname; } catch { return link; }
}

function summaryOf(event: api.Event): HTMLElement {
  return el("span", {}, event.actors[0]?.text ?? "—", " ", typeWord(event), " ", event.recipients[0]?.text ?? "—",
    event.status === "asserted" ? null : el("span", { class: "status" }, statusWord(event.status)));
}

// The title, if the text begins with it, and the rest, painted for an event.
function textView(text: api.Article, events: api.Event[], link: (event: api.Event, words: string) => Node) {
  const bytes = new TextEncoder().encode(text.text), named = text.title ?? `${say("article")} ${text.id}`;
  const head = text.title && text.text.startsWith(text.title) ? new TextEncoder().encode(text.title).length : 0;
  const title = el("h2", { class: "title", lang: text.title ? text.lang : false }), body = el("div", { class: "text", lang: text.lang });
  const show = (chosen: api.Event | null) => {
    const others = events.filter((event) => event !== chosen).map((event): Mark =>
      ({ start: event.trigger.span[0], end: event.trigger.span[1], kind: "trigger", event }));
    const all = [...(chosen ? marks(chosen) : []), ...others];
    title.replaceChildren(...(head ? paint(bytes, 0, head, all, link) : [named]));
    body.replaceChildren(...paint(bytes, head, bytes.length, all, link));
    if (body.firstChild instanceof Text) body.firstChild.data = body.firstChild.data.trimStart();
  };
  const scroll = () => (body.querySelector("mark.trigger") ?? title.querySelector("mark.trigger"))?.scrollIntoView({ block: "center" });
  return { title, body, show, scroll };
}

const PAGE = 1000, MOST = 10000;

// All of them, page by page; `more` where it is too much for a page to show.
async function eventsOf(doc: string): Promise<api.Rows<api.Event>> {
  const rows: api.Event[] = [];
  let more = true;
  while (more && rows.length < MOST) {
    const page = await api.events({ doc, sort: "day" }, PAGE, rows.length);
    rows.push(...page.rows);
    more = page.more;
  }
  return { rows, more };
}

export async function article(state: State): Promise<HTMLElement> {
  const doc = state.conditions["doc"];
  if (!doc) return el("p", { class: "nothing" }, `${say("chooseArticle")} `,
    el("a", { href: address({ view: "search", conditions: state.conditions }), "data-link": true }, `${say("search")} →`));
  const [text, found] = await Promise.all([api.article(doc), eventsOf(doc)]);
  const events = found.rows.sort((a, b) => a.trigger.span[0] - b.trigger.span[0]);
  const to = (event: api.Event | null) => address({ view: "article", conditions: { ...state.conditions, event: event?.id ?? "" } });
  const view = textView(text, events, (event, words) => el("a", {
    class: "mark", href: to(event), "data-tip": summaryOf(event).textContent ?? "",
    click: (click) => { click.preventDefault(); choose(event, "text"); },
  }, words));
  const rows = events.map((event) => {
    const button = el("button", { type: "button", "aria-expanded": "false", click: () =>
      choose(button.getAttribute("aria-expanded") === "true" ? null : event, "list") }, summaryOf(event));
    return { event, button, item: el("li", {}, button) };
  });
  const choose = (event: api.Event | null, from: "address" | "text" | "list") => {
    view.show(event);
    for (const row of rows) {
      row.button.setAttribute("aria-expanded", String(row.event === event));
      row.item.replaceChildren(row.button, ...(row.event === event ? [evidence(row.event, doc, view.scroll)] : []));
    }
    const chosen = rows.find((row) => row.event === event), beside = innerWidth > 900;
    if (from !== "address") {
      history.replaceState(null, "", to(event));
      chosen?.button.focus({ preventScroll: true });
    }
    // Beside one another both come into view; where the events are below the text, that which was not clicked.
    if (chosen) requestAnimationFrame(() => {
      if (from === "address" || (beside && from === "list")) view.scroll();
      if (from === "text" || beside) chosen.item.scrollIntoView({ block: beside ? "nearest" : "start" });
    });
  };
  choose(events.find((event) => event.id === state.conditions["event"]) ?? null, "address");
  const legend = el("p", { class: "key" }, say("markedKey"), " ", ...kinds.map((kind) => el("mark", { class: kind }, say(kind))));
  return el("div", { class: "article" },
    el("div", { class: "page" }, view.title, about(text), text.title ? judged(doc) : null, legend, view.body),
    el("aside", { "aria-label": say("search") }, panel(`${say("search")} · ${number(events.length)}`,
      el("p", { class: "note" }, say(events.length ? "chooseEvent" : "nothing"), " ",
        found.more ? fill("notAll", events.length) : ""),
      el("ol", { class: "chosen" }, ...rows.map((row) => row.item)),
      unfold(say("explain"), async () => el("pre", { tabindex: 0, lang: text.lang }, await api.plain("explain", doc))))));
}
