// timeline: what happened over time: cooperation above the line, conflict below.
//
// In: counts by day, week, month or year. Out: a figure; a bar chooses its period, dragging chooses a span.
// Example: bounds("2025-W28") -> 7 July 2025 to 14 July 2025, the latter excluded.

import * as d3 from "d3";
import type { Summary } from "./api";
import { counts, svg } from "./charts";
import { hideTip, showTip } from "./dom";
import { language, say } from "./words";

const HEIGHT = 200, LEFT = 44, RIGHT = 22, BOTTOM = 22, DAY = 864e5;

export function bounds(period: string): [Date, Date] {
  const [year = 0, second = ""] = [Number(period.slice(0, 4)), period.slice(5)];
  if (second.startsWith("W")) {
    const fourth = new Date(Date.UTC(year, 0, 4)); /* always in week 1 */
    const start = +fourth - ((fourth.getUTCDay() + 6) % 7) * DAY + (Number(second.slice(1)) - 1) * 7 * DAY;
    return [new Date(start), new Date(start + 7 * DAY)];
  }
  const month = Number(second.slice(0, 2)) - 1, day = Number(second.slice(3));
  if (!second) return [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year + 1, 0, 1))];
  return day ? [new Date(Date.UTC(year, month, day)), new Date(Date.UTC(year, month, day + 1))]
    : [new Date(Date.UTC(year, month, 1)), new Date(Date.UTC(year, month + 1, 1))];
}

export function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

// The shortest run of periods with 97 of 100 events: a few that tell of other centuries would press the rest together.
export function usual(rows: Summary[]): Summary[] {
  const all = rows.reduce((sum, row) => sum + row.events, 0);
  let best = rows, held = 0, first = 0;
  const long = (some: Summary[]) => some.length
    ? +bounds(some[some.length - 1]?.period as string)[1] - +bounds(some[0]?.period as string)[0] : 0;
  rows.forEach((row, last) => {
    held += row.events;
    while (held - (rows[first]?.events ?? 0) >= all * 0.97) held -= rows[first++]?.events ?? 0;
    const some = rows.slice(first, last + 1);
    if (held >= all * 0.97 && long(some) < long(best)) best = some;
  });
  return long(best) < long(rows) * 0.7 ? best : rows; /* little would be won: all */
}

function locale(): string {
  return language() === "hi" ? "hi-IN" : "en-GB";
}

export function periodName(period: string): string {
  const [start, end] = bounds(period), zone = { timeZone: "UTC" } as const;
  if (period.length === 4) return period;
  if (period.length === 7) return start.toLocaleDateString(locale(), { ...zone, month: "long", year: "numeric" });
  const format = new Intl.DateTimeFormat(locale(), { ...zone, day: "numeric", month: "short", year: "numeric" });
  return period.includes("W") ? format.formatRange(start, new Date(+end - DAY)) : format.format(start);
}

// A year where one begins, else the month, or the day where ticks are days.
function tick(time: Date, long: number): string {
  const zone = { timeZone: "UTC", month: "short" } as const;
  if (time.getUTCMonth() === 0 && time.getUTCDate() === 1) return String(time.getUTCFullYear());
  return time.toLocaleDateString(locale(), long < 200 * DAY ? { ...zone, day: "numeric" } : zone);
}

export function timeline(rows: Summary[], width: number, pick: (since: string, until: string) => void): Element {
  const spans = rows.map((row) => bounds(row.period as string));
  const first = spans[0]?.[0] ?? new Date(), last = spans[spans.length - 1]?.[1] ?? new Date(), long = +last - +first;
  const label = rows.length ? `${say("timeline")}: ${periodName(rows[0]?.period as string)} – ` +
    periodName(rows[rows.length - 1]?.period as string) : say("timeline");
  const figure = svg(width, HEIGHT, label, "img");
  const x = d3.scaleUtc().domain([first, last]).range([LEFT, width - RIGHT]);
  const up = d3.max(rows, (row) => row.cooperation) ?? 0, down = d3.max(rows, (row) => row.conflict) ?? 0;
  const y = d3.scaleLinear().domain([-Math.max(down, 1), Math.max(up, 1)]).nice(5).range([HEIGHT - BOTTOM, 8]);
  figure.append("g").attr("class", "axis").attr("transform", `translate(0,${HEIGHT - BOTTOM})`)
    .call(d3.axisBottom(x).ticks(Math.max(2, width / 110)).tickSizeOuter(0).tickFormat((time) => tick(time as Date, long)));
  figure.append("g").attr("class", "axis ruled").attr("transform", `translate(${LEFT},0)`)
    .call(d3.axisLeft(y).ticks(5).tickSize(-(width - LEFT - RIGHT))
      .tickFormat((v) => (Number.isInteger(+v) ? d3.format("~s")(Math.abs(+v)) : "")));
  const bars = figure.append("g"), size = (span: [Date, Date]) => Math.max(1, Math.min(48, x(span[1]) - x(span[0]) - 1));
  for (const side of ["cooperation", "conflict"] as const)
    bars.selectAll(`rect.${side}`).data(rows).join("rect").attr("class", side)
      .attr("x", (_, i) => x((spans[i] as [Date, Date])[0])).attr("width", (_, i) => size(spans[i] as [Date, Date]))
      .attr("y", (row) => (side === "cooperation" ? y(row.cooperation) : y(0)))
      .attr("height", (row) => Math.abs(y(row[side]) - y(0)));
  figure.append("line").attr("class", "zero").attr("x1", LEFT).attr("x2", width - RIGHT).attr("y1", y(0)).attr("y2", y(0));

  // The period nearest to the pointer is told, and chosen by a click; dragging chooses more.
  const at = (event: PointerEvent | MouseEvent) => {
    const time = +x.invert(d3.pointer(event, figure.node())[0]);
    return d3.leastIndex(spans, (span) => (time < +span[0] ? +span[0] - time : time > +span[1] ? time - +span[1] : 0)) ?? -1;
  };
  const brush = d3.brushX<undefined>().extent([[LEFT, 0], [width - RIGHT, HEIGHT - BOTTOM]]).on("end", (event) => {
    const chosen = event.selection as [number, number] | null, one = spans[event.sourceEvent ? at(event.sourceEvent) : -1];
    hideTip();
    if (chosen) pick(iso(x.invert(chosen[0])), iso(x.invert(chosen[1])));
    else if (one) pick(iso(one[0]), iso(new Date(+one[1] - DAY)));
  });
  const area = figure.append("g").attr("class", "brush").call(brush as never);
  area.on("pointermove.tip", (event: PointerEvent) => {
    const row = rows[at(event)];
    event.stopPropagation();
    if (row) showTip(`${periodName(row.period as string)} · ${counts(row)}`, event.clientX, event.clientY);
  }).on("pointerleave.tip", hideTip);
  return figure.node() as Element;
}
