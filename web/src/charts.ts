// charts: what the charts share: the frame, counts in words, labels that do not cover one another.
//
// In: a summary, boxes. Out: SVG and text. Example: counts(row) -> "12 events: 8 cooperation, 4 conflict, mean ..."

import * as d3 from "d3";
import type { Summary } from "./api";
import { el } from "./dom";
import { many, number, say } from "./words";

export type Figure = d3.Selection<SVGSVGElement, undefined, null, undefined>;

// A figure without links is an image; one with links is a group, or a screen reader would not go into it.
export function svg(width: number, height: number, label: string, role: "img" | "group"): Figure {
  return d3.create("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", "100%").attr("role", role)
    .attr("aria-label", label);
}

export function counts(row: Summary): string {
  const mean = row.goldstein === null ? "" : `, ${say("mean")} ${number(row.goldstein)}`;
  return `${many("events", row.events)}: ${number(row.cooperation)} ${say("cooperation")}, ` +
    `${number(row.conflict)} ${say("conflict")}${mean}`;
}

export function key(cooperation: string, conflict: string): HTMLElement {
  return el("p", { class: "key" }, el("i", { class: "cooperation" }), cooperation, el("i", { class: "conflict" }), conflict);
}

// ---- Labels ----

export interface Label { text: string; x: number; y: number; radius: number }
interface Box { x: number; y: number; width: number; height: number }
export interface Placed { x: number; y: number; anchor: string; text: string }

const HEIGHT = 14;
let pen: CanvasRenderingContext2D | null = null;

function widthOf(text: string): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * 7;
  pen.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// The most important first: each below, above, beside or aslant of its circle, where it covers nothing; else it has none.
export function placeLabels(labels: Label[], width: number, height: number, keepClear: Label[]): (Placed | null)[] {
  const taken: Box[] = keepClear.map((c) => ({ x: c.x - c.radius, y: c.y - c.radius, width: 2 * c.radius, height: 2 * c.radius }));
  return labels.map(({ text, x, y, radius }) => {
    const long = widthOf(text) + 4, gap = radius + 3;
    const choices: [Box, string][] = [
      [{ x: x - long / 2, y: y + gap, width: long, height: HEIGHT }, "middle"],
      [{ x: x - long / 2, y: y - gap - HEIGHT, width: long, height: HEIGHT }, "middle"],
      [{ x: x + gap, y: y - HEIGHT / 2, width: long, height: HEIGHT }, "start"],
      [{ x: x - gap - long, y: y - HEIGHT / 2, width: long, height: HEIGHT }, "end"],
      ...[-1, 1].flatMap((down): [Box, string][] => {
        const level = y + down * gap * 0.8 - (down < 0 ? HEIGHT : 0), aside = gap * 0.6;
        return [[{ x: x + aside, y: level, width: long, height: HEIGHT }, "start"],
          [{ x: x - aside - long, y: level, width: long, height: HEIGHT }, "end"]];
      }),
    ];
    const fit = choices.find(([box]) => box.x >= 0 && box.y >= 0 && box.x + long <= width && box.y + HEIGHT <= height &&
      !taken.some((other) => meet(box, other)));
    if (!fit) return null;
    const [box, anchor] = fit;
    taken.push(box);
    return { text, anchor, y: box.y + 11, x: anchor === "middle" ? x : anchor === "start" ? box.x + 2 : box.x + long - 2 };
  });
}

export function writeLabels(figure: d3.Selection<SVGGElement, undefined, null, undefined>, placed: (Placed | null)[]): void {
  figure.attr("class", "labels").attr("aria-hidden", "true")
    .selectAll("text").data(placed.filter((one): one is Placed => one !== null)).join("text")
    .attr("x", (one) => one.x).attr("y", (one) => one.y).attr("text-anchor", (one) => one.anchor).text((one) => one.text);
}
