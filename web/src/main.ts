// main: the frame of the page: tabs, filter, language, theme; draws what the address asks for.
//
// In: the address. Out: the page. Example: /?view=relation&pair=IND,PAK

import { article } from "./article";
import { el } from "./dom";
import { address, change, fields, go, onChange, read, views, type State, type View } from "./state";
import { overview, relation, search } from "./views";
import { isWord, language, say, setLanguage, type Word } from "./words";

const types = ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
  "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];
const statuses = ["asserted", "planned", "possible", "denied"];

const draw: Record<View, (state: State) => Promise<HTMLElement>> = { overview, relation, search, article };

function by(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

function tabs(state: State): void {
  by("tabs").replaceChildren(...views.map((view) => el("a", {
    href: address({ view, conditions: state.conditions }), "data-link": true,
    ...(view === state.view ? { "aria-current": "page" } : {}),
  }, say(view))));
}

function choice(name: string, options: string[], value: string): HTMLElement {
  const select = el("select", { name }, el("option", { value: "" }, say("any")),
    ...options.map((option) => el("option", { value: option }, isWord(option) ? say(option) : option)));
  select.value = value;
  return select;
}

function field(name: (typeof fields)[number], value: string): HTMLElement {
  if (name === "type") return choice(name, types, value);
  if (name === "status") return choice(name, statuses, value);
  const hint = { actor: "RUS", recipient: "PRK GOV", since: "2025-06", until: "2025-07", country: "UKR", text: "…" }[name];
  return el("input", { name, value, placeholder: hint, type: name === "text" ? "search" : "text", autocomplete: "off" });
}

function filter(state: State): void {
  const form = by("filter") as HTMLFormElement;
  form.hidden = state.view === "article";
  form.replaceChildren(
    ...fields.map((name) => el("label", {}, el("span", {}, say(name as Word)), field(name, state.conditions[name] ?? ""))),
    el("button", {}, say("apply")),
    el("button", { type: "button", click: () => go({ view: state.view, conditions: {} }) }, say("clear")));
  form.onsubmit = (event) => {
    event.preventDefault();
    const given = new FormData(form);
    change(Object.fromEntries(fields.map((name) => [name, String(given.get(name) ?? "").trim()])));
  };
}

let drawing = 0;

async function show(): Promise<void> {
  const state = read(), turn = ++drawing, message = by("message");
  document.title = `${say(state.view)} · karaka`;
  document.querySelectorAll<HTMLElement>("[data-say]").forEach((one) => { one.textContent = say(one.dataset["say"] as Word); });
  by("language").textContent = say("language");
  by("theme").textContent = say("theme");
  tabs(state);
  filter(state);
  message.className = "";
  message.textContent = say("loading");
  try {
    const content = await draw[state.view](state);
    if (turn !== drawing) return; /* another view was asked for meanwhile */
    by("main").replaceChildren(content);
    message.textContent = "";
  } catch (error) {
    if (turn !== drawing) return;
    message.className = "wrong";
    message.textContent = `${say("failed")} ${(error as Error).message}`;
  }
}

function remembered(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}

function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value); } catch { /* nothing is lost but the choice */ }
}

function theme(to: string | null): void {
  if (to) document.documentElement.dataset["theme"] = to;
}

const wanted = remembered("language") ?? (navigator.language.startsWith("hi") ? "hi" : "en");
setLanguage(wanted === "hi" ? "hi" : "en");
theme(remembered("theme"));
by("language").addEventListener("click", () => {
  setLanguage(language() === "hi" ? "en" : "hi");
  remember("language", language());
  void show();
});
by("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset["theme"]
    ? document.documentElement.dataset["theme"] === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  remember("theme", dark ? "light" : "dark");
  theme(dark ? "light" : "dark");
});
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest?.("a[data-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.pushState(null, "", link.getAttribute("href"));
  void show();
});
let resized = 0;
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return;
  width = innerWidth;
  clearTimeout(resized);
  resized = window.setTimeout(() => void show(), 300);
});
onChange(() => void show());
void show();
