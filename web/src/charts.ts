// charts: what happened over time, where, and between whom, as SVG (D3).
//
// In: summaries. Out: figures whose parts are links into the filter. Example: timeline(rows, width, pick).

import * as d3 from "d3";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import type { Summary } from "./api";
import { language, number, say } from "./words";

const HEIGHT = 190;

function svg(width: number, height: number, label: string): d3.Selection<SVGSVGElement, undefined, null, undefined> {
  return d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", "100%").attr("role", "img")
    .attr("aria-label", label);
}

export function counts(row: Summary): string {
  const mean = row.goldstein === null ? "" : `, ${say("mean")} ${row.goldstein}`;
  return `${number(row.events)} ${say("events")}: ${number(row.cooperation)} ${say("cooperation")}, ` +
    `${number(row.conflict)} ${say("conflict")}${mean}`;
}

// ---- Over time: cooperation above the line, conflict below; dragging chooses a span ----

export function timeline(rows: Summary[], width: number, pick: (since: string, until: string) => void): Element {
  const dated = usual(rows.filter((row) => row.period));
  const left = 40, bottom = 20;
  const figure = svg(width, HEIGHT, say("timeline"));
  const times = dated.map((row) => startOf(row.period as string));
  const step = dated.length > 1 ? Math.min(...times.slice(1).map((t, i) => +t - +(times[i] as Date))) : 864e5;
  const last = times[times.length - 1] ?? new Date();
  const x = d3.scaleUtc().domain([times[0] ?? new Date(), new Date(+last + step)]).range([left, width - 8]);
  const most = d3.max(dated, (row) => Math.max(row.cooperation, row.conflict)) ?? 1;
  const y = d3.scaleLinear().domain([-most, most]).nice().range([HEIGHT - bottom, 6]);
  const bar = Math.max(1, Math.min(40, (width - left) * step / Math.max(step, +last - +(times[0] ?? last) + step) - 1));
  figure.append("g").attr("class", "axis").attr("transform", `translate(0,${HEIGHT - bottom})`)
    .call(d3.axisBottom(x).ticks(Math.max(2, width / 110)).tickSizeOuter(0)
      .tickFormat((time) => moment(time as Date, step)));
  figure.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`)
    .call(d3.axisLeft(y).ticks(5).tickFormat((v) => d3.format("~s")(Math.abs(+v))));
  const brush = d3.brushX<undefined>().extent([[left, 0], [width - 8, HEIGHT - bottom]]).on("end", (event) => {
    const chosen = event.selection as [number, number] | null;
    if (chosen) pick(day(x.invert(chosen[0])), day(x.invert(chosen[1])));
  });
  figure.append("g").attr("class", "brush").call(brush as never);
  const bars = figure.append("g");
  for (const side of ["cooperation", "conflict"] as const)
    bars.selectAll(`rect.${side}`).data(dated).join("rect").attr("class", side)
      .attr("x", (row) => x(startOf(row.period as string))).attr("width", bar)
      .attr("y", (row) => (side === "cooperation" ? y(row.cooperation) : y(0)))
      .attr("height", (row) => Math.abs(y(row[side]) - y(0))).style("pointer-events", "none")
      .append("title").text((row) => `${row.period}: ${counts(row)}`);
  figure.append("line").attr("class", "zero").attr("x1", left).attr("x2", width - 8).attr("y1", y(0)).attr("y2", y(0));
  return figure.node() as Element;
}

// Without the hundredth of the events at each end: a few that tell of other centuries would press the rest together.
function usual(rows: Summary[]): Summary[] {
  const all = rows.reduce((sum, row) => sum + row.events, 0);
  let before = 0;
  return rows.filter((row) => {
    const start = before;
    before += row.events;
    return before > all / 100 && start < all - all / 100;
  });
}

// "2025", "2025-07" and "2025-07-14".
function startOf(period: string): Date {
  return new Date(period + "-01-01".slice(period.length === 4 ? 0 : 3, period.length === 10 ? 3 : 6));
}

// A year where one begins, else the month, or the day where bars are days.
function moment(time: Date, step: number): string {
  const where = language() === "hi" ? "hi-IN" : "en-IN", zone = { timeZone: "UTC" } as const;
  if (time.getUTCMonth() === 0 && time.getUTCDate() === 1) return String(time.getUTCFullYear());
  return time.toLocaleDateString(where, step < 27 * 864e5 ? { ...zone, day: "numeric", month: "short" } : { ...zone, month: "short" });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

// ---- Where ----

let world: Promise<Topology> | null = null;

export async function map(rows: Summary[], width: number, pick: (country: string) => void): Promise<Element> {
  world ??= fetch("/world.json").then((answer) => answer.json() as Promise<Topology>);
  const shapes = await world;
  const height = Math.round(width * 0.56);
  const figure = svg(width, height, say("map"));
  const countries = feature(shapes, shapes.objects["countries"] as GeometryCollection);
  countries.features = countries.features.filter((country) => country.id !== "010"); /* Antarctica takes a fifth of the height */
  const projection = d3.geoNaturalEarth1().fitSize([width, height], countries);
  const all = figure.append("g");
  all.append("path").attr("class", "land").attr("d", d3.geoPath(projection)(countries) ?? "");
  const most = d3.max(rows, (row) => row.events) ?? 1;
  const radius = d3.scaleSqrt().domain([0, most]).range([0, Math.max(7, width / 40)]);
  const spots = rows.filter((row) => row.lat !== undefined && row.lon !== undefined)
    .sort((a, b) => b.events - a.events);
  const dots = all.selectAll("a").data(spots).join("a").attr("href", "#").attr("aria-label", placed)
    .on("click", (event: Event, row) => {
      event.preventDefault();
      if (row.country) pick(row.country);
    });
  dots.append("circle").attr("class", (row) => (row.conflict > row.cooperation ? "conflict" : "cooperation"))
    .attr("transform", (row) => `translate(${projection([row.lon as number, row.lat as number]) ?? [-9, -9]})`)
    .attr("r", (row) => Math.max(2, radius(row.events))).append("title").text(placed);
  const zoom = d3.zoom<SVGSVGElement, undefined>().scaleExtent([1, 12]).translateExtent([[0, 0], [width, height]])
    .on("zoom", (event) => {
      all.attr("transform", event.transform);
      dots.select("circle").attr("r", (row) => Math.max(2, radius(row.events)) / Math.sqrt(event.transform.k));
      all.select(".land").style("stroke-width", 0.5 / event.transform.k);
    });
  figure.call(zoom);
  return figure.node() as Element;
}

function placed(row: Summary): string {
  return `${row.place}, ${row.country}: ${counts(row)}`;
}

// ---- Between whom ----

interface Knot extends d3.SimulationNodeDatum { id: string; weight: number }
interface Tie extends d3.SimulationLinkDatum<Knot> { cooperation: number; conflict: number; events: number }

// Directions are joined; the pairs with most events are drawn.
export function network(rows: Summary[], width: number, pick: (actor: string) => void): Element {
  const height = Math.round(width * 0.56), most = 45;
  const ties = new Map<string, Tie>();
  for (const row of rows) {
    if (!row.actor || !row.recipient || row.actor === row.recipient || row.actor === "---" || row.recipient === "---") continue;
    const [a, b] = [row.actor, row.recipient].sort() as [string, string];
    const tie = ties.get(`${a} ${b}`) ?? { source: a, target: b, cooperation: 0, conflict: 0, events: 0 };
    tie.cooperation += row.cooperation;
    tie.conflict += row.conflict;
    tie.events += row.events;
    ties.set(`${a} ${b}`, tie);
  }
  const drawn = [...ties.values()].sort((a, b) => b.events - a.events).slice(0, most);
  const knots = new Map<string, Knot>();
  for (const tie of drawn)
    for (const id of [tie.source, tie.target] as string[]) {
      const knot = knots.get(id) ?? { id, weight: 0 };
      knot.weight += tie.events;
      knots.set(id, knot);
    }
  const nodes = [...knots.values()];
  const strongest = d3.max(drawn, (tie) => tie.events) ?? 1, heaviest = d3.max(nodes, (knot) => knot.weight) ?? 1;
  const size = d3.scaleSqrt().domain([0, heaviest]).range([4, 20]);
  const simulation = d3.forceSimulation(nodes)
    .force("tie", d3.forceLink<Knot, Tie>(drawn).id((knot) => knot.id).distance(width / 9))
    .force("charge", d3.forceManyBody().strength(-width / 2))
    .force("x", d3.forceX(width / 2).strength(0.09)).force("y", d3.forceY(height / 2).strength(0.13))
    .force("collide", d3.forceCollide<Knot>((knot) => size(knot.weight) + 10)).stop();
  simulation.tick(250);
  const inside = (value: number | undefined, limit: number) => Math.max(18, Math.min(limit - 18, value ?? 0));
  for (const knot of nodes) [knot.x, knot.y] = [inside(knot.x, width), inside(knot.y, height)];
  const figure = svg(width, height, say("network"));
  // Two lines side by side: cooperation and conflict apart.
  for (const side of ["cooperation", "conflict"] as const)
    figure.append("g").selectAll("line").data(drawn.filter((tie) => tie[side] > 0)).join("line").attr("class", side)
      .attr("stroke-width", (tie) => Math.max(0.7, 9 * Math.sqrt(tie[side] / strongest)))
      .each(function (tie) { beside(this as SVGLineElement, tie, side === "cooperation" ? 2.5 : -2.5); })
      .append("title").text((tie) =>
        `${(tie.source as Knot).id} – ${(tie.target as Knot).id}: ${number(tie[side])} ${say(side)}`);
  const marks = figure.append("g").selectAll("a").data(nodes).join("a").attr("href", "#")
    .attr("aria-label", (knot) => `${knot.id}: ${number(knot.weight)} ${say("events")}`)
    .attr("transform", (knot) => `translate(${knot.x},${knot.y})`).on("click", (event: Event, knot) => {
      event.preventDefault();
      pick(knot.id);
    });
  marks.append("circle").attr("class", "knot").attr("r", (knot) => size(knot.weight));
  marks.append("text").attr("dy", (knot) => -size(knot.weight) - 3).attr("text-anchor", "middle").text((knot) => knot.id);
  return figure.node() as Element;
}

function beside(line: SVGLineElement, tie: Tie, shift: number): void {
  const a = tie.source as Knot, b = tie.target as Knot;
  const dx = (b.x ?? 0) - (a.x ?? 0), dy = (b.y ?? 0) - (a.y ?? 0), length = Math.hypot(dx, dy) || 1;
  const [ox, oy] = [-dy / length * shift, dx / length * shift];
  line.setAttribute("x1", String((a.x ?? 0) + ox));
  line.setAttribute("y1", String((a.y ?? 0) + oy));
  line.setAttribute("x2", String((b.x ?? 0) + ox));
  line.setAttribute("y2", String((b.y ?? 0) + oy));
}
