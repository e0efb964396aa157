// state: what is shown stands in the address, so that a view can be shared and gone back to.
//
// In: /?view=relation&pair=RUS,PRK. Out: {view: "relation", conditions: {pair: "RUS,PRK"}}; go() changes it.

import type { Conditions } from "./api";

export const views = ["overview", "relation", "search", "article"] as const;
export type View = (typeof views)[number];

export const fields = ["actor", "recipient", "type", "status", "since", "until", "country", "text", "outlets"] as const;
const known = new Set<string>([...fields, "pair", "outlet", "reprints", "sort", "doc", "event"]);

export interface State { view: View; conditions: Conditions }

export function read(): State {
  const query = new URLSearchParams(location.search);
  const asked = query.get("view");
  const conditions: Conditions = {};
  for (const [name, value] of query) if (known.has(name) && value) conditions[name] = value;
  return { view: views.find((v) => v === asked) ?? "overview", conditions };
}

export function address(state: State): string {
  const query = new URLSearchParams();
  if (state.view !== "overview") query.set("view", state.view);
  for (const [name, value] of Object.entries(state.conditions)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

let listener: () => void = () => {};

export function onChange(call: () => void): void {
  listener = call;
  addEventListener("popstate", () => listener());
}

export function go(state: State): void {
  history.pushState(null, "", address(state));
  listener();
}

// The same view with some conditions changed; "" takes one away.
export function change(conditions: Conditions): void {
  const now = read();
  go({ view: now.view, conditions: { ...now.conditions, ...conditions } });
}

// What narrows the events: which article is open, and in what order they stand, does not.
export function asked(conditions: Conditions): Conditions {
  const { doc: _doc, event: _event, sort: _sort, ...rest } = conditions;
  return rest;
}
