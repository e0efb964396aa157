// map: where it happened: a circle a place.
//
// In: counts by place. Out: a figure whose circles are links into the filter, and buttons that bring it nearer.

import * as d3 from "d3";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import type { Summary } from "./api";
import { counts, placeLabels, svg, writeLabels } from "./charts";
import { el } from "./dom";
import { placeName } from "./names";
import { say } from "./words";

let world: Promise<Topology> | null = null;

// The whole world, or the part of it where all is.
function projectionFor(spots: Summary[], countries: d3.ExtendedFeatureCollection, width: number, height: number): d3.GeoProjection {
  const whole = d3.geoNaturalEarth1().fitSize([width, height], countries);
  const points = { type: "MultiPoint" as const, coordinates: spots.map((row) => [row.lon as number, row.lat as number]) };
  if (!spots.length) return whole;
  const near = d3.geoNaturalEarth1().fitExtent([[width / 12, height / 8], [width * 11 / 12, height * 7 / 8]], points);
  const scale = Math.min(near.scale(), whole.scale() * 9);
  if (scale < whole.scale() * 1.4) return whole;
  const middle = (axis: 0 | 1) => d3.mean(d3.extent(points.coordinates, (point) => point[axis]) as [number, number]) ?? 0;
  const out = d3.geoNaturalEarth1().scale(scale).translate([0, 0]), [cx, cy] = out([middle(0), middle(1)]) ?? [0, 0];
  return out.translate([width / 2 - cx, height / 2 - cy]);
}

export async function map(rows: Summary[], width: number, pick: (country: string) => void): Promise<Element> {
  world ??= fetch("/world.json").then((answer) => answer.json() as Promise<Topology>).catch(() => {
    world = null; /* the next drawing asks again */
    throw new Error(say("gone"));
  });
  const shapes = await world;
  const height = Math.round(width * 0.54);
  const figure = svg(width, height, say("map"), "group");
  const countries = feature(shapes, shapes.objects["countries"] as GeometryCollection);
  countries.features = countries.features.filter((country) => country.id !== "010"); /* Antarctica takes a fifth of the height */
  const spots = rows.filter((row) => row.lat !== undefined && row.lon !== undefined).sort((a, b) => b.events - a.events);
  const projection = projectionFor(spots, countries, width, height);
  const all = figure.append("g");
  all.append("path").attr("class", "land").attr("d", d3.geoPath(projection)(countries) ?? "");
  const most = d3.max(rows, (row) => row.events) ?? 1;
  const root = d3.scaleSqrt().domain([0, most]).range([0, Math.max(8, width / 38)]);
  const radius = (row: Summary) => Math.max(2.5, root(row.events));
  const where = (row: Summary) => projection([row.lon as number, row.lat as number]) ?? [-99, -99];
  const dots = all.selectAll("a").data(spots).join("a").attr("href", "#").attr("aria-label", placed).attr("data-tip", placed)
    .on("click", (event: Event, row) => {
      event.preventDefault();
      if (row.country) pick(row.country);
    });
  dots.filter((_, i) => i >= 20).attr("tabindex", -1); /* the keyboard has the table for the rest */
  dots.append("circle").attr("class", (row) => (row.conflict > row.cooperation ? "conflict" : "cooperation"))
    .attr("transform", (row) => `translate(${where(row)})`).attr("r", radius);
  const labels = figure.append("g");
  const write = (transform: d3.ZoomTransform) => {
    const seen = spots.map((row) => {
      const [x, y] = transform.apply(where(row) as [number, number]);
      return { text: row.place ?? "", x, y, radius: radius(row) * Math.sqrt(transform.k) };
    }).filter((one) => one.x > 0 && one.y > 0 && one.x < width && one.y < height);
    const big = seen.slice(0, width > 450 ? 8 : 4);
    writeLabels(labels, placeLabels(big, width, height, big));
  };
  write(d3.zoomIdentity);
  // The wheel scrolls the page unless Ctrl is held, and one finger does too.
  const zoom = d3.zoom<SVGSVGElement, undefined>().scaleExtent([1, 16]).translateExtent([[0, 0], [width, height]])
    .filter((event: WheelEvent & TouchEvent) => event.type === "wheel" ? event.ctrlKey : !event.touches || event.touches.length > 1)
    .on("zoom", (event) => {
      const transform = event.transform as d3.ZoomTransform;
      all.attr("transform", String(transform));
      dots.select("circle").attr("r", (row) => radius(row as Summary) / Math.sqrt(transform.k));
      all.select(".land").style("stroke-width", 0.6 / transform.k);
      write(transform);
    });
  figure.call(zoom).on("dblclick.zoom", null).style("touch-action", "pan-x pan-y");
  const button = (sign: string, name: string, act: () => void) =>
    el("button", { type: "button", "aria-label": name, click: act }, sign);
  const buttons = el("div", { class: "zoom" }, button("+", say("nearer"), () => zoom.scaleBy(figure, 2)),
    button("−", say("farther"), () => zoom.scaleBy(figure, 0.5)));
  const holder = el("div", { class: "map" });
  holder.append(figure.node() as Element, buttons);
  return holder;
}

function placed(row: Summary): string {
  return `${placeName(row.place, row.country)}: ${counts(row)}`;
}
