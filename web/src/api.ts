// api: what the server answers (docs/openapi.yaml).
//
// In: conditions as in the address of the page. Out: rows. Example: events({pair: "RUS,PRK"}, 50, 0).

import { say } from "./words";

export interface Party { text: string; span: [number, number]; name: string | null; code: string }
export interface Source { text: string; span: [number, number]; name: string | null; code: string | null; state_media: boolean }
export interface Place {
  text: string; span: [number, number]; name: string | null; country: string | null; lat: number | null; lon: number | null;
}
export interface Event {
  id: string; doc: string; url: string | null; outlet: string | null; lang: string; published: string | null;
  type: string; mode: string | null; contexts: string[]; quad: number | null; goldstein: number | null;
  actors: Party[]; recipients: Party[]; mutual: boolean; status: string;
  time: { text: string; span: [number, number]; start: string | null; end: string | null } | null;
  place: Place | null; sources: Source[];
  trigger: { text: string; span: [number, number]; lemma: string | null };
  sentence: { index: number; span: [number, number]; text: string };
  mentions: { sentence: number; span: [number, number] }[];
  headline: boolean; rule: string | null;
}
export interface Summary {
  period?: string | null; actor?: string; recipient?: string; type?: string; place?: string; country?: string;
  lat?: number; lon?: number; outlet?: string | null;
  events: number; stories: number; documents: number; cooperation: number; conflict: number; goldstein: number | null;
}
export interface Article {
  id: string; url: string | null; outlet: string | null; title: string | null; section: string | null; lang: string;
  published: string | null; duplicate_of: string | null; text: string; sentences: [number, number][];
}
export interface Claim { text: string; type: string | null; verdict: string; reason: string }
export interface Headline { verdict: string; reason: string; claims: Claim[] }
export interface Rows<T> { rows: T[]; more: boolean }

export type Conditions = Record<string, string>;

async function get(path: string, parameters: Conditions): Promise<Response> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const response = await fetch(`/api/${path}?${query}`).catch(() => { throw new Error(say("gone")); });
  if (response.ok) return response;
  let message = response.statusText;
  try {
    message = ((await response.json()) as { error: string }).error;
  } catch { /* the status says enough */ }
  throw new Error(message);
}

export async function events(conditions: Conditions, first: number, skip: number): Promise<Rows<Event>> {
  const answer = await get("events", { sort: "latest", ...conditions, first: String(first), skip: skip ? String(skip) : "" });
  return (await answer.json()) as Rows<Event>;
}

// Without `first`, all that the server gives.
export async function summary(conditions: Conditions, by: string, first?: number): Promise<Rows<Summary>> {
  const answer = await get("summary", { ...conditions, by, first: first ? String(first) : "" });
  return (await answer.json()) as Rows<Summary>;
}

export async function article(doc: string): Promise<Article> {
  return (await (await get("document", { doc })).json()) as Article;
}

export async function headline(doc: string): Promise<Headline> {
  return (await (await get("headline", { doc })).json()) as Headline;
}

export async function plain(path: "tree" | "explain", doc: string): Promise<string> {
  return await (await get(path, { doc })).text();
}

export function exportAddress(conditions: Conditions, to: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(conditions)) if (value) query.set(name, value);
  query.set("to", to);
  return `/api/export?${query}`;
}
