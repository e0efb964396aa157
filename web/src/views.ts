// views: overview, relation, events.
//
// In: the state in the address. Out: the content of <main>. Each part filters the others through the address.

import * as api from "./api";
import { key } from "./charts";
import { el, panel, unfold } from "./dom";
import { figures, item, nothing, table } from "./list";
import { map } from "./map";
import { actorName, placeName, typeGloss, typeName } from "./names";
import { network } from "./network";
import { address, asked, change, go, type State } from "./state";
import { bounds, iso, periodName, timeline, usual } from "./timeline";
import { fill, many, number, say, wordFor, type Word } from "./words";

const PAGE = 25, FEW = 8, DAY = 864e5, DRAWN = 1000, OUTLETS = 30;

interface Time { all: api.Summary[]; drawn: api.Summary[] }

// A sum over rows of which the server kept some back is too low.
function told(count: number, rows: api.Rows<unknown>): string {
  return rows.more ? fill("orMore", count) : number(count);
}

function mostOnly(shown: number, all: number, more: boolean): string {
  return more || shown < all ? fill("mostOnly", shown) : "";
}

function sum(rows: api.Summary[], name: "events" | "cooperation" | "conflict" | "stories"): number {
  return rows.reduce((all, row) => all + row[name], 0);
}

// Months; years where they are many, weeks or days where they are few.
async function periods(conditions: api.Conditions): Promise<Time> {
  const { rows: all } = await api.summary(conditions, "month"), drawn = usual(all.filter((row) => row.period));
  const first = drawn[0]?.period, last = drawn[drawn.length - 1]?.period;
  if (!first || !last) return { all, drawn };
  const since = bounds(first)[0], until = new Date(+bounds(last)[1] - DAY), long = (+until - +since) / DAY;
  const by = long < 125 ? "day" : long < 550 ? "week" : long > 15000 ? "year" : "month";
  if (by === "month") return { all, drawn };
  const later = (a: string, b: string | undefined) => (b && bounds(b)[0] > bounds(a)[0] ? b : a);
  const earlier = (a: string, b: string | undefined) => (b && bounds(b)[1] < bounds(a)[1] ? b : a);
  const finer = await api.summary({ ...conditions, since: later(iso(since), conditions["since"]),
    until: earlier(iso(until), conditions["until"]) }, by);
  return { all, drawn: finer.rows.filter((row) => row.period) };
}

// Types are few, so nothing is left out of their sum; places, pairs and outlets may be more than the server gives.
function total(types: api.Summary[]): HTMLElement {
  const figure = (name: Word & keyof api.Summary, tip: string | false = false) => {
    const value = sum(types, name as "events");
    return el("div", { class: `figure ${name}`, "data-tip": tip }, el("b", {}, number(value)), ` ${wordFor(name, value)}`);
  };
  return el("div", { class: "figures" },
    figure("events"), figure("cooperation"), figure("conflict"), figure("stories", say("storiesTip")));
}

function timePanel(time: Time, count: number): HTMLElement {
  const undated = sum(time.all.filter((row) => !row.period), "events");
  const outside = count - undated - sum(time.drawn, "events");
  const left = [outside > 0 ? fill("outside", outside) : "", undated ? fill("undated", undated) : ""].filter(Boolean);
  if (!time.drawn.length) return panel(say("timeline"), el("p", { class: "note" }, fill("undrawn", left.join(", "))));
  return panel(say("timeline"), key(say("above"), say("below")),
    wide(timeline(time.drawn, width(), (since, until) => change({ since, until }))),
    el("p", { class: "note" }, say("dragging"), left.length ? ` ${fill("undrawn", left.join(", "))}` : ""),
    unfold(say("asTable"), () => figures(say("period"), time.drawn, (row) => periodName(row.period as string))));
}

// Pages, not floods: more comes on request.
export async function eventPages(conditions: api.Conditions): Promise<HTMLElement> {
  const holder = el("div"), list = el("ol", { class: "events" });
  const add = async (skip: number): Promise<void> => {
    const page = await api.events(conditions, PAGE, skip), made = page.rows.map(item);
    list.append(...made);
    if (skip) made[0]?.querySelector("a")?.focus();
    if (!page.rows.length && !skip) holder.replaceChildren(nothing(asked(conditions)));
    if (!page.more) return;
    const button = el("button", { type: "button", class: "more", click: () => {
      button.disabled = true;
      add(skip + PAGE).then(() => button.remove(), (error: Error) => {
        button.disabled = false;
        button.after(` ${error.message}`);
      });
    } }, say("more"));
    holder.append(button);
  };
  holder.append(list);
  await add(0);
  return holder;
}

function saveAs(conditions: api.Conditions): HTMLElement {
  const line = el("p", { class: "save" }, `${say("save")}: `);
  for (const form of ["csv", "jsonl", "geojson", "polecat", "graphml"]) {
    const download = `events.${form === "polecat" ? "polecat.csv" : form}`;
    line.append(el("a", { href: api.exportAddress(conditions, form), download }, form), " ");
  }
  return line;
}

function width(share = 1): number {
  const room = Math.min(1240, document.documentElement.clientWidth - (innerWidth > 900 ? 48 : 28));
  return Math.max(260, room * (innerWidth > 900 ? share : 1) - (share < 1 && innerWidth > 900 ? 40 : 30));
}

function wide(figure: Element): HTMLElement {
  return el("div", { class: "chart" }, figure);
}

function typePanel(types: api.Summary[]): HTMLElement {
  return panel(say("types"), table(say("type"), types, (row) => typeName(row.type ?? ""), (row) => change({ type: row.type ?? "" }),
    (row) => typeGloss(row.type ?? "")));
}

function direction(row: api.Summary): string {
  return `${actorName(row.actor ?? "")} → ${actorName(row.recipient ?? "")}`;
}

const unknown = (row: api.Summary) => row.actor === "---" || row.recipient === "---";

function openPair(row: api.Summary, conditions: api.Conditions): void {
  const { actor: _actor, recipient: _recipient, ...rest } = conditions;
  go({ view: "relation", conditions: { ...rest, pair: `${row.actor},${row.recipient}` } });
}

function pairPanel(pairs: api.Rows<api.Summary>, conditions: api.Conditions): HTMLElement {
  const between = pairs.rows.filter((row) => row.actor !== row.recipient && !unknown(row));
  const inside = sum(pairs.rows.filter((row) => row.actor === row.recipient && !unknown(row)), "events");
  const dark = sum(pairs.rows.filter(unknown), "events");
  return panel(say("pairs"), table(say("pairs"), between.slice(0, 14), direction, (row) => openPair(row, conditions)),
    inside + dark ? el("p", { class: "note" }, fill("within", told(inside, pairs), told(dark, pairs))) : null);
}

export async function overview(state: State): Promise<HTMLElement> {
  const conditions = asked(state.conditions);
  const [time, pairs, places, types, latest] = await Promise.all([
    periods(conditions), api.summary(conditions, "pair"), api.summary(conditions, "place"),
    api.summary(conditions, "type"), api.events(conditions, FEW, 0)]);
  const count = sum(types.rows, "events"), spots = places.rows.slice(0, DRAWN);
  if (!count) return nothing(conditions);
  const atlas = await map(spots, width(0.5), (country) => change({ country }));
  const open = (pair: string) => openPair({ actor: pair.split(",")[0], recipient: pair.split(",")[1] } as api.Summary, conditions);
  const net = network(pairs.rows, width(0.5), (actor) => change({ actor }), open);
  return el("div", { class: "grid" },
    el("div", { class: "all" }, total(types.rows)),
    el("div", { class: "all" }, timePanel(time, count)),
    panel(say("map"), el("p", { class: "key" }, say("mapKey")), key(say("more_coop"), say("more_conf")), wide(atlas),
      el("p", { class: "note" }, fill("located", told(sum(places.rows, "events"), places), count), " ",
        mostOnly(spots.length, places.rows.length, places.more)),
      unfold(say("asTable"), () => figures(say("map"), spots, (row) => placeName(row.place, row.country),
        (row) => change({ country: row.country ?? "" })))),
    panel(say("network"), el("p", { class: "key" }, say("networkKey")), key(say("cooperation"), say("conflict")), wide(net),
      el("p", { class: "note" }, fill("strongest", net.querySelectorAll("line.hit").length))),
    pairPanel(pairs, conditions),
    typePanel(types.rows),
    el("div", { class: "all" }, panel(say("latest"), el("ol", { class: "events" }, ...latest.rows.map(item)),
      el("a", { class: "more", href: address({ ...state, view: "search" }), "data-link": true }, fill("all", count)))));
}

// ---- Relation ----

// Each outlet with its articles, those that repeat another one apart.
function outletPanel(all: api.Rows<api.Summary>, reprints: api.Summary[]): HTMLElement {
  const name = (row: api.Summary) => row.outlet ?? say("noOutlet");
  const copies = new Map(reprints.map((row) => [name(row), row.documents]));
  const note = mostOnly(all.rows.length, all.rows.length, all.more);
  return panel(say("outletsTold"), table(say("outlet"), all.rows, name, (row) => change({ outlet: row.outlet ?? "" }), (row) => {
    const some = copies.get(name(row)) ?? 0;
    return `${many("articles", row.documents)}${some ? `, ${many("reprinted", some)}` : ""}`;
  }), note ? el("p", { class: "note" }, note) : null);
}

// Independent reports and reprints: how many of each, and which are shown.
function reportsChoice(counts: Record<string, number>, chosen: string): HTMLElement {
  const one = (value: string, name: string) => el("button", {
    type: "button", "aria-pressed": String(chosen === value), click: () => change({ reprints: value }),
  }, `${name} ${number(counts[value] ?? 0)}`);
  return el("div", { class: "choice", role: "group", "aria-label": say("reports") }, `${say("reports")}: `,
    one("", say("allReports")), one("no", say("independent")), one("only", say("reprinted")));
}

async function reports(conditions: api.Conditions): Promise<HTMLElement> {
  const [all, reprints] = await Promise.all([
    api.summary({ ...conditions, reprints: "" }, "type"), api.summary({ ...conditions, reprints: "only" }, "type")]);
  const copied = sum(reprints.rows, "events"), count = sum(all.rows, "events");
  return reportsChoice({ "": count, no: count - copied, only: copied }, conditions["reprints"] ?? "");
}

function eventsPanel(state: State, choice: HTMLElement, pages: HTMLElement): HTMLElement {
  return el("div", { class: "all" }, panel(say("search"),
    el("div", { class: "bar-of" }, choice, order(state), saveAs(asked(state.conditions))), pages));
}

export async function relation(state: State): Promise<HTMLElement> {
  const conditions = asked(state.conditions), pair = conditions["pair"] ?? "";
  const [a = "", b = ""] = pair.split(",");
  if (!a || !b) {
    const { pair: _pair, ...rest } = conditions, pairs = await api.summary(rest, "pair");
    if (!pairs.rows.length) return nothing(rest);
    return el("div", { class: "grid" },
      el("p", { class: "all" }, say("choosePair")), el("div", { class: "all" }, pairPanel(pairs, rest)));
  }
  const [time, pairs, types, outlets, reprints, choice, pages] = await Promise.all([
    periods(conditions), api.summary(conditions, "pair"), api.summary(conditions, "type"),
    api.summary(conditions, "outlet", OUTLETS), api.summary({ ...conditions, reprints: "only" }, "outlet"),
    reports(conditions), eventPages(sorted(state))]);
  const count = sum(types.rows, "events");
  const title = el("h2", { class: "title all" }, `${actorName(a)} – ${actorName(b)}`);
  if (!count) return el("div", { class: "grid" }, title, el("div", { class: "all" }, choice, nothing(conditions)));
  const two = pairs.rows.filter((row) => row.actor !== row.recipient && [row.actor, row.recipient].every((one) => one === a || one === b));
  return el("div", { class: "grid" }, title,
    el("div", { class: "all" }, total(types.rows)),
    el("div", { class: "all" }, timePanel(time, count)),
    typePanel(types.rows),
    el("div", { class: "column" },
      two.length ? panel(say("directions"), table(say("directions"), two, direction,
        (row) => change({ actor: row.actor ?? "", recipient: row.recipient ?? "" }))) : null,
      outletPanel(outlets, reprints.rows)),
    eventsPanel(state, choice, pages));
}

// ---- Events ----

const orders = { latest: "newest", day: "oldest", goldstein: "hostile", outlets: "told" } as const;

function sorted(state: State): api.Conditions {
  return { ...asked(state.conditions), sort: state.conditions["sort"] ?? "latest" };
}

function order(state: State): HTMLElement {
  const select = el("select", { name: "sort", change: () => change({ sort: select.value === "latest" ? "" : select.value }) },
    ...Object.entries(orders).map(([value, name]) => el("option", { value }, say(name))));
  select.value = state.conditions["sort"] ?? "latest";
  return el("label", { class: "inline" }, `${say("order")}: `, select);
}

export async function search(state: State): Promise<HTMLElement> {
  const conditions = asked(state.conditions);
  const [types, choice, pages] = await Promise.all([api.summary(conditions, "type"), reports(conditions), eventPages(sorted(state))]);
  if (!types.rows.length && !conditions["reprints"]) return pages;
  return el("div", { class: "grid" }, el("div", { class: "all" }, total(types.rows)),
    eventsPanel(state, choice, pages));
}
