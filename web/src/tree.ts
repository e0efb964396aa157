// tree: a sentence as a tree, each word on a line below its head, in the colours of the text.
//
// In: CoNLL-U of the document, an event. Out: nested lists.

import type { Event } from "./api";
import { el } from "./dom";
import { markOver, marks } from "./marks";
import { say } from "./words";

interface Node_ { id: number; form: string; tag: string; head: number; relation: string }

function sentenceOf(conllu: string, index: number): Node_[] {
  const block = conllu.trim().split(/\n\n+/)[index] ?? "";
  return block.split("\n").filter((line) => /^\d+\t/.test(line)).map((line) => {
    const cells = line.split("\t");
    return { id: Number(cells[0]), form: cells[1] ?? "", tag: cells[3] ?? "", head: Number(cells[6]), relation: cells[7] ?? "" };
  });
}

// The part that each word plays in the event. Where it stands is found in the sentence, for the forms follow one another.
function partsOf(words: Node_[], event: Event): Map<number, string> {
  const size = (text: string) => new TextEncoder().encode(text).length;
  const text = event.sentence.text, all = marks(event), parts = new Map<number, string>();
  let at = 0;
  for (const word of words) {
    const here = text.indexOf(word.form, at);
    if (here < 0) continue;
    at = here + word.form.length;
    const start = event.sentence.span[0] + size(text.slice(0, here));
    parts.set(word.id, markOver(all, start, start + size(word.form))?.kind ?? "");
  }
  return parts;
}

function branch(words: Node_[], head: number, parts: Map<number, string>): HTMLElement | null {
  const children = words.filter((word) => word.head === head);
  if (!children.length) return null;
  return el("ul", { class: head ? "" : "tree" }, ...children.map((word) =>
    el("li", {}, el("span", { class: `word ${parts.get(word.id) ?? ""}` }, word.form), " ",
      el("span", { class: "code" }, `${word.relation} · ${word.tag}`), branch(words, word.id, parts))));
}

export function tree(conllu: string, event: Event): HTMLElement {
  const words = sentenceOf(conllu, event.sentence.index);
  const holder = el("div", { class: "wide", lang: event.lang, tabindex: 0, role: "region", "aria-label": say("tree") });
  holder.append(branch(words, 0, partsOf(words, event)) ?? say("nothing"));
  return holder;
}
