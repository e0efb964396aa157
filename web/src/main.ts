// main: the frame of the page: tabs, filter, language, theme; draws what the address asks for.
//
// In: the address. Out: the page. Example: /?view=relation&pair=IND,PAK

import type { Conditions } from "./api";
import { article } from "./article";
import { el, hideTip, watchTips } from "./dom";
import { openHelp } from "./help";
import { actorName, codeOf, countries, typeCodes, typeGloss, typeName } from "./names";
import { address, asked, change, fields, go, onChange, read, views, type State, type View } from "./state";
import { overview, relation, search } from "./views";
import { fill, isWord, language, say, setLanguage, type Word } from "./words";

const statuses = ["asserted", "planned", "possible", "denied"];

const draw: Record<View, (state: State) => Promise<HTMLElement>> = { overview, relation, search, article };

function by(id: string): HTMLElement {
  return document.getElementById(id) as HTMLElement;
}

// The article has a tab while one is open.
function tabs(state: State): void {
  const shown = views.filter((view) => view !== "article" || state.view === view || state.conditions["doc"]);
  by("tabs").replaceChildren(...shown.map((view) => el("a", {
    href: address({ view, conditions: state.conditions }), "data-link": true, id: `tab-${view}`,
    ...(view === state.view ? { "aria-current": "page" } : {}),
  }, say(view))));
}

// ---- The filter: a form, and what it holds as a line of buttons that take a condition away ----

function choice(name: string, options: [string, string][], value: string): HTMLElement {
  const select = el("select", { name }, el("option", { value: "" }, say("any")),
    ...options.map(([option, text]) => el("option", { value: option }, text)));
  select.value = value;
  return select;
}

function field(name: (typeof fields)[number], value: string): HTMLElement {
  if (name === "type") return choice(name, typeCodes.map((type) => [type, `${typeName(type)}: ${typeGloss(type)}`]), value);
  if (name === "status") return choice(name, statuses.map((status) => [status, say(status as Word)]), value);
  if (name === "outlets") return choice(name, ["2", "3", "5"].map((n) => [n, fill("atLeast", n)]), value);
  const hint = { actor: "RUS", recipient: "PRK GOV", since: "2025-06", until: "2025-07", country: "UKR", text: "…" }[name];
  const list = ["actor", "recipient", "country"].includes(name) && "countries";
  const day = (name === "since" || name === "until") && { pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?", title: say("dayForm") };
  const type = name === "text" ? "search" : "text";
  return el("input", { name, value, ...day, placeholder: hint, type, autocomplete: "off", list });
}

function labelled(name: string, input: HTMLElement): HTMLElement {
  return el("label", {}, el("span", {}, name), input);
}

function filter(state: State): void {
  const form = by("filter") as HTMLFormElement, between = state.view === "relation";
  const [a = "", b = ""] = (state.conditions["pair"] ?? "").split(",");
  const shown = fields.filter((name) => !between || (name !== "actor" && name !== "recipient"));
  const side = (name: string, value: string, hint: string) =>
    el("input", { name, value, placeholder: hint, required: true, list: "countries", autocomplete: "off" });
  form.hidden = by("filter-toggle").hidden = state.view === "article";
  form.setAttribute("aria-label", say("filter"));
  form.replaceChildren(
    ...(between ? [labelled(say("first"), side("a", a, "RUS")), labelled(say("second"), side("b", b, "PRK"))] : []),
    ...shown.map((name) => labelled(say(name), field(name, state.conditions[name] ?? ""))),
    el("div", { class: "buttons" }, el("button", { class: "main" }, say("apply")),
      el("button", { type: "button", click: () => go({ view: state.view, conditions: {} }) }, say("clear"))));
  if (between && !a) openFilter(true); /* the view begins with it */
  form.onsubmit = (event) => {
    event.preventDefault();
    openFilter(false);
    if (by("filter-toggle").offsetParent) by("filter-toggle").focus(); /* the form was over the answer */
    const given = new FormData(form), of = (name: string) => String(given.get(name) ?? "").trim();
    const code = (name: string) => (["actor", "recipient", "country"].includes(name) ? codeOf(of(name)) : of(name));
    const pair: Conditions = between ? { pair: `${codeOf(of("a"))},${codeOf(of("b"))}` } : {};
    change({ ...Object.fromEntries(shown.map((name) => [name, code(name)])), ...pair });
  };
}

function openFilter(open: boolean): void {
  by("filter").classList.toggle("open", open);
  by("filter-toggle").setAttribute("aria-expanded", String(open));
}

function told(name: string, value: string): string {
  if (name === "actor" || name === "recipient" || name === "country")
    return actorName(value) + (value.includes(" ") ? ` (${value})` : "");
  if (name === "pair") return value.split(",").map(actorName).join(" – ");
  if (name === "type") return typeName(value);
  if (name === "outlets") return fill("atLeast", value);
  return (name === "status" || name === "reprints") && isWord(value) ? say(value) : value;
}

function chips(state: State): void {
  const conditions = state.view === "article" ? [] : Object.entries(asked(state.conditions));
  const toggle = by("filter-toggle");
  toggle.textContent = `${say("filter")}${conditions.length ? ` (${conditions.length})` : ""}`;
  by("chips").replaceChildren(...conditions.map(([name, value]) => {
    const text = told(name, value), what = `${say(name as Word)}: `;
    return el("button", { type: "button", "aria-label": `${say("remove")}: ${what}${text}`, click: () => change({ [name]: "" }) },
      el("span", {}, what), el("b", {}, text), el("span", { class: "cross", "aria-hidden": "true" }, "×"));
  }));
}

// ---- Drawing ----

let drawing = 0;
let shownView: View | null = null;

function frame(state: State): void {
  document.title = `${say(state.view)} · karaka`;
  document.querySelectorAll<HTMLElement>("[data-say]").forEach((one) => { one.textContent = say(one.dataset["say"] as Word); });
  const other = by("language"), dark = isDark();
  other.textContent = say("language");
  other.lang = language() === "hi" ? "en" : "hi";
  by("theme").textContent = say(dark ? "light" : "dark");
  by("tabs").setAttribute("aria-label", say("views"));
  tabs(state);
  filter(state);
  chips(state);
}

// The part with the focus is made anew; its place is kept by its id or name.
function keepFocus(redraw: () => void): void {
  const had = document.activeElement as HTMLInputElement | null, where = had?.id || had?.name;
  const inMain = by("main").contains(had);
  redraw();
  if (had && !had.isConnected)
    (where ? document.querySelector<HTMLElement>(`#${CSS.escape(where)}, [name="${CSS.escape(where)}"]`) ?? by("main") : by("main"))
      .focus({ preventScroll: true });
  else if (inMain && !by("main").contains(document.activeElement)) by("main").focus({ preventScroll: true });
}

async function show(): Promise<void> {
  const state = read(), turn = ++drawing, message = by("message"), main = by("main");
  hideTip();
  keepFocus(() => frame(state));
  message.className = "";
  main.setAttribute("aria-busy", "true");
  const late = setTimeout(() => { message.textContent = say("loading"); }, 150);
  try {
    const content = await draw[state.view](state);
    if (turn !== drawing) return; /* another view was asked for meanwhile */
    keepFocus(() => main.replaceChildren(content));
    message.textContent = "";
    const figures = [...main.querySelectorAll(".figure")].map((one) => one.textContent).join(", ");
    by("told").textContent = `${say(state.view)}${figures ? `: ${figures}` : ""}`;
    if (shownView && shownView !== state.view && !state.conditions["event"]) scrollTo(0, 0);
    shownView = state.view;
  } catch (error) {
    if (turn !== drawing) return;
    message.className = "wrong";
    message.textContent = `${say("failed")} ${(error as Error).message}`;
    main.replaceChildren(el("p", {}, el("a", { href: "/", "data-link": true }, `← ${say("overview")}`)));
  } finally {
    clearTimeout(late);
    if (turn === drawing) main.setAttribute("aria-busy", "false");
  }
}

function remembered(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}

function remember(key: string, value: string): void {
  try { localStorage.setItem(key, value); } catch { /* nothing is lost but the choice */ }
}

const darkWish = matchMedia("(prefers-color-scheme: dark)");

function isDark(): boolean {
  return (document.documentElement.dataset["theme"] ?? (darkWish.matches ? "dark" : "light")) === "dark";
}

function theme(to: string | null): void {
  if (to === "dark" || to === "light") document.documentElement.dataset["theme"] = to;
  by("theme").textContent = say(isDark() ? "light" : "dark");
}

function speak(to: string): void {
  setLanguage(to === "hi" ? "hi" : "en");
  by("countries").replaceChildren(...countries().map(([code, name]) => el("option", { value: code }, name)));
}

speak(remembered("language") ?? (navigator.language.startsWith("hi") ? "hi" : "en"));
theme(remembered("theme"));
watchTips();
by("language").addEventListener("click", () => {
  speak(language() === "hi" ? "en" : "hi");
  remember("language", language());
  void show();
});
by("theme").addEventListener("click", () => {
  const to = isDark() ? "light" : "dark";
  remember("theme", to);
  theme(to);
});
darkWish.addEventListener("change", () => theme(null));
by("help").addEventListener("click", openHelp);
by("filter-toggle").addEventListener("click", () => openFilter(!by("filter").classList.contains("open")));
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
