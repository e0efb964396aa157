// dom: elements from code. Text from the database only ever becomes a text node, never markup.
//
// In: a tag, attributes, children. Out: an element. Example: el("a", {href: "/"}, "home").

type Child = Node | string | null | undefined | false;
type Value = string | number | boolean | ((event: Event) => void);

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, Value> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

// Addresses in articles are hostile too: only http and https become links.
export function safeLink(address: string | null): string | null {
  return address && /^https?:\/\//i.test(address) ? address : null;
}

export function panel(title: string, ...children: Child[]): HTMLElement {
  return el("section", { class: "panel" }, el("h2", {}, title), ...children);
}

// A part that is made when it is first opened.
export function unfold(name: string, make: () => Node | Promise<Node>): HTMLElement {
  const box = el("details", { toggle: () => {
    if (box.childElementCount > 1) return;
    const holder = el("div");
    box.append(holder);
    void Promise.resolve(make()).then((made) => holder.append(made), (error: Error) => holder.append(error.message));
  } }, el("summary", {}, name));
  return box;
}

// ---- Tips: what the part under the pointer, or with the focus, stands for (its attribute data-tip) ----

const tip = el("div", { class: "tip", hidden: true, "aria-hidden": "true" });

export function showTip(text: string, x: number, y: number): void {
  if (!tip.isConnected) document.body.append(tip);
  tip.textContent = text;
  tip.hidden = !text;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(innerWidth - box.width - 8, x + 12))}px`;
  tip.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
}

export function hideTip(): void {
  tip.hidden = true;
}

export function watchTips(): void {
  const of = (event: Event) => (event.target as Element).closest?.("[data-tip]");
  document.addEventListener("pointermove", (event) => {
    const part = of(event);
    if (part) showTip(part.getAttribute("data-tip") ?? "", event.clientX, event.clientY);
    else hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const part = of(event), box = part?.getBoundingClientRect();
    if (part && box && part.matches(":focus-visible")) showTip(part.getAttribute("data-tip") ?? "", box.right, box.bottom - 12);
    else hideTip();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
  addEventListener("scroll", hideTip, { passive: true });
}
