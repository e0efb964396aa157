// network: who with whom: the pairs of countries and organisations with most events between them.
//
// In: counts by pair. Out: a figure; a circle filters by its actor, a line opens the relation of its two.

import * as d3 from "d3";
import type { Summary } from "./api";
import { placeLabels, svg, writeLabels } from "./charts";
import { actorName } from "./names";
import { many, number, say } from "./words";

interface Knot extends d3.SimulationNodeDatum { id: string; weight: number }
interface Tie extends d3.SimulationLinkDatum<Knot> { cooperation: number; conflict: number; events: number }

// Both directions are one tie. Events within a country, and of parties without one, are not between two.
// As many as leave room for the names of their ends.
function tiesOf(rows: Summary[], most: number, mostEnds: number): Tie[] {
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
  const ends = new Set<unknown>();
  return [...ties.values()].sort((a, b) => b.events - a.events).slice(0, most).filter((tie) => {
    const both = [tie.source, tie.target].filter((end) => !ends.has(end));
    if (ends.size + both.length > mostEnds) return false;
    both.forEach((end) => ends.add(end));
    return true;
  });
}

function knotsOf(ties: Tie[]): Knot[] {
  const knots = new Map<string, Knot>();
  for (const tie of ties)
    for (const id of [tie.source, tie.target] as string[]) {
      const knot = knots.get(id) ?? { id, weight: 0 };
      knot.weight += tie.events;
      knots.set(id, knot);
    }
  return [...knots.values()].sort((a, b) => b.weight - a.weight);
}

// The forces settle in a square; the square is then fitted to the figure, so that nothing is pressed to its edge.
function lay(nodes: Knot[], ties: Tie[], width: number, height: number, size: (weight: number) => number): void {
  d3.forceSimulation(nodes)
    .force("tie", d3.forceLink<Knot, Tie>(ties).id((knot) => knot.id).distance(60).strength(0.35))
    .force("charge", d3.forceManyBody().strength(-320).distanceMax(260))
    .force("x", d3.forceX().strength(0.15)).force("y", d3.forceY().strength(0.15))
    .force("collide", d3.forceCollide<Knot>((knot) => size(knot.weight) + 18)).stop().tick(300);
  const fit = (key: "x" | "y", room: number) => {
    const [low = 0, high = 0] = d3.extent(nodes, (knot) => knot[key] ?? 0);
    const scale = Math.min(2, (room - 60) / Math.max(1, high - low));
    for (const knot of nodes) knot[key] = room / 2 + scale * ((knot[key] ?? 0) - (low + high) / 2);
  };
  fit("x", width);
  fit("y", height);
}

export function network(rows: Summary[], width: number, pick: (actor: string) => void, open: (pair: string) => void): Element {
  const narrow = width < 450, height = Math.round(width * (narrow ? 0.85 : 0.6));
  const ties = tiesOf(rows, narrow ? 18 : 32, narrow ? 16 : 26), nodes = knotsOf(ties);
  const strongest = d3.max(ties, (tie) => tie.events) ?? 1, heaviest = d3.max(nodes, (knot) => knot.weight) ?? 1;
  const size = d3.scaleSqrt().domain([0, heaviest]).range([4, narrow ? 14 : 20]);
  lay(nodes, ties, width, height, size);
  const figure = svg(width, height, say("network"), "group");
  const told = (tie: Tie) => `${actorName((tie.source as Knot).id)} – ${actorName((tie.target as Knot).id)}: ` +
    `${number(tie.cooperation)} ${say("cooperation")}, ${number(tie.conflict)} ${say("conflict")}`;
  const lines = figure.append("g").attr("aria-hidden", "true");
  // Two lines side by side: cooperation and conflict apart; a broad unseen one takes the pointer.
  for (const side of ["cooperation", "conflict", "hit"] as const)
    lines.selectAll(`line.${side}`).data(ties.filter((tie) => side === "hit" || tie[side] > 0)).join("line").attr("class", side)
      .attr("stroke-width", (tie) => (side === "hit" ? 14 : Math.max(1, 10 * Math.sqrt(tie[side] / strongest))))
      .each(function (tie) {
        const broad = (side === "hit" ? 0 : Math.max(1, 10 * Math.sqrt(tie[side] / strongest))) / 2;
        beside(this as SVGLineElement, tie, side === "cooperation" ? broad : -broad);
      });
  lines.selectAll<SVGLineElement, Tie>("line.hit").attr("data-tip", told)
    .on("click", (_, tie) => open(`${(tie.source as Knot).id},${(tie.target as Knot).id}`));
  const marks = figure.append("g").selectAll("a").data(nodes).join("a").attr("href", "#")
    .attr("aria-label", (knot) => `${actorName(knot.id)}: ${many("events", knot.weight)}`)
    .attr("data-tip", (knot) => `${actorName(knot.id)} (${knot.id}): ${many("events", knot.weight)}`)
    .attr("data-code", (knot) => knot.id)
    .attr("transform", (knot) => `translate(${knot.x},${knot.y})`).on("click", (event: Event, knot) => {
      event.preventDefault();
      pick(knot.id);
    });
  marks.append("circle").attr("class", "reach").attr("r", (knot) => Math.max(13, size(knot.weight)));
  marks.append("circle").attr("class", "knot").attr("r", (knot) => size(knot.weight));
  const labels = nodes.map((knot) => ({ text: actorName(knot.id), x: knot.x ?? 0, y: knot.y ?? 0, radius: size(knot.weight) }));
  writeLabels(figure.append("g"), placeLabels(labels, width, height, labels));
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
