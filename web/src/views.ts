// views: overview, relation, events.
//
// In: the state in the address. Out: the content of <main>. Each part filters the others through the address.

import * as api from "./api";
import { map, network, timeline } from "./charts";
import { el, panel } from "./dom";
import { list, table } from "./list";
import { asked, change, go, type State } from "./state";
import { number, say } from "./words";

const PAGE = 25;

// Months, or days where there are few of them.
async function periods(conditions: api.Conditions): Promise<api.Summary[]> {
  const months = await api.summary(conditions, "month");
  return months.length > 3 ? months : await api.summary(conditions, "day");
}

function total(rows: api.Summary[]): HTMLElement {
  const sum = (key: "events" | "cooperation" | "conflict" | "stories") => rows.reduce((all, row) => all + row[key], 0);
  const figure = (value: number, name: string, kind: string) =>
    el("div", { class: `figure ${kind}` }, el("b", {}, number(value)), ` ${name}`);
  return el("div", { class: "figures" }, figure(sum("events"), say("events"), ""),
    figure(sum("cooperation"), say("cooperation"), "cooperation"), figure(sum("conflict"), say("conflict"), "conflict"),
    figure(sum("stories"), say("stories"), ""));
}

// Pages, not floods: more comes on request.
export async function eventPages(conditions: api.Conditions): Promise<HTMLElement> {
  const holder = el("div");
  const add = async (skip: number): Promise<void> => {
    const page = await api.events(conditions, PAGE, skip);
    holder.append(list(page.rows));
    if (!page.more) return;
    const button = el("button", { type: "button", class: "more", click: () => { button.remove(); void add(skip + PAGE); } }, say("more"));
    holder.append(button);
  };
  await add(0);
  return holder;
}

function saveAs(conditions: api.Conditions): HTMLElement {
  const line = el("p", { class: "save" }, `${say("save")}: `);
  for (const form of ["csv", "jsonl", "geojson", "polecat", "graphml"])
    line.append(el("a", { href: api.exportAddress(conditions, form), download: `events.${form === "polecat" ? "polecat.csv" : form}` }, form), " ");
  return line;
}

function width(share = 1): number {
  return Math.min(1240, Math.max(300, document.documentElement.clientWidth - 48)) * (innerWidth > 900 ? share : 1);
}

function wide(figure: Element): HTMLElement {
  return el("div", { class: "chart" }, figure);
}

export async function overview(state: State): Promise<HTMLElement> {
  const conditions = asked(state.conditions);
  const [time, pairs, places, types, latest] = await Promise.all([
    periods(conditions), api.summary(conditions, "pair", 400), api.summary(conditions, "place", 500),
    api.summary(conditions, "type"), eventPages(conditions)]);
  const atlas = await map(places, width(0.5), (country) => change({ country }));
  const relation = (row: api.Summary) => go({ view: "relation", conditions: { pair: `${row.actor},${row.recipient}` } });
  return el("div", { class: "grid" },
    el("div", { class: "all" }, total(time)),
    el("div", { class: "all" }, panel(say("timeline"), wide(timeline(time, width(), (since, until) => change({ since, until }))))),
    panel(say("map"), wide(atlas)),
    panel(say("network"), wide(network(pairs, width(0.5), (actor) => change({ actor })))),
    panel(say("pairs"), table(pairs.filter((row) => row.actor !== row.recipient).slice(0, 12),
      (row) => `${row.actor} → ${row.recipient}`, relation)),
    panel(say("types"), table(types, (row) => row.type ?? "", (row) => change({ type: row.type ?? "" }))),
    el("div", { class: "all" }, panel(say("latest"), latest)));
}

export async function relation(state: State): Promise<HTMLElement> {
  const [a = "", b = ""] = (state.conditions["pair"] ?? "").split(",");
  const first = el("input", { name: "a", value: a, required: true, placeholder: "RUS" });
  const second = el("input", { name: "b", value: b, required: true, placeholder: "PRK" });
  const form = el("form", {
    class: "pair", submit: (event) => {
      event.preventDefault();
      change({ pair: `${first.value.trim()},${second.value.trim()}` });
    },
  }, el("label", {}, say("first"), first), el("label", {}, say("second"), second), el("button", {}, say("apply")));
  const holder = el("div", { class: "grid" }, el("div", { class: "all" }, form));
  if (!a || !b) {
    holder.append(el("p", { class: "all" }, say("choosePair")));
    return holder;
  }
  const conditions = asked(state.conditions);
  const [time, types, outlets, pages] = await Promise.all([
    periods(conditions), api.summary(conditions, "type"), api.summary(conditions, "outlet", 30), eventPages(conditions)]);
  holder.append(
    el("div", { class: "all" }, total(time)),
    el("div", { class: "all" }, panel(say("timeline"), wide(timeline(time, width(), (since, until) => change({ since, until }))))),
    panel(say("types"), table(types, (row) => row.type ?? "", (row) => change({ type: row.type ?? "" }))),
    panel(say("outlets"), table(outlets, (row) => row.outlet ?? "—", null)),
    el("div", { class: "all" }, panel(say("latest"), saveAs(conditions), pages)));
  return holder;
}

export async function search(state: State): Promise<HTMLElement> {
  const conditions = asked(state.conditions);
  return panel(say("search"), saveAs(conditions), await eventPages(conditions));
}
