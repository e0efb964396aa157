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
