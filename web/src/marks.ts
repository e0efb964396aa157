// marks: where in an article an event stands, and the text painted with that.
//
// In: an event, text as bytes (spans count bytes). Out: spans with the part that each plays; nodes.
// Example: marks(event) -> [{start: 0, end: 12, kind: "actor"}, ...]

import type { Event } from "./api";
import { el } from "./dom";
import { say } from "./words";

export const kinds = ["actor", "recipient", "trigger", "source", "time", "place", "mention"] as const;
export type Kind = (typeof kinds)[number];
/* With `event`: what tells another event than the chosen one, a link to it. */
export interface Mark { start: number; end: number; kind: Kind; event?: Event }

export function marks(event: Event): Mark[] {
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

// Of the marks over [start, end): the chosen event's before another's, the shorter before the longer.
export function markOver(all: Mark[], start: number, end: number): Mark | undefined {
  return all.filter((mark) => mark.start <= start && mark.end >= end)
    .sort((a, b) => Number(!!a.event) - Number(!!b.event) || a.end - a.start - (b.end - b.start))[0];
}

// The bytes [from, to), cut at the borders of the marks.
export function paint(bytes: Uint8Array, from: number, to: number, all: Mark[],
  link: (event: Event, words: string) => Node): (Node | string)[] {
  const decoder = new TextDecoder(), cuts = new Set([from, to]);
  for (const mark of all) for (const at of [mark.start, mark.end]) if (at > from && at < to) cuts.add(at);
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(0, -1).map((start, i) => {
    const end = at[i + 1] as number, piece = decoder.decode(bytes.slice(start, end)), over = markOver(all, start, end);
    if (!over) return piece;
    return over.event ? link(over.event, piece) : el("mark", { class: over.kind, "data-tip": say(over.kind) }, piece);
  });
}
