/**
 * Elements of the page, made from plain data; no markup is ever parsed from people's words.
 */

/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */
/** @typedef {(Node | string | null | undefined | false)[]} Children */

/**
 * Return a new element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes] `on…` listens; true is an empty attribute; false, null and undefined are left out.
 * @param {Children} [children] Texts and nodes; those that are empty are left out.
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flatMap((each) => (each ? [each] : [])));
  return made;
}

/**
 * Return a region of the page.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function region(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Set a text, but only where it differs, so that nothing is read out twice.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Set or remove an attribute, but only where it differs.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string | boolean | null} value
 */
export function setAttribute(element, name, value) {
  const wanted = value === true ? "" : value === false ? null : value;
  if (element.getAttribute(name) === wanted) return;
  if (wanted === null) element.removeAttribute(name);
  else element.setAttribute(name, wanted);
}

/**
 * Return a button.
 *
 * @param {string} label
 * @param {() => void} act
 * @param {Attributes} [attributes]
 * @returns {HTMLButtonElement}
 */
export function makeButton(label, act, attributes = {}) {
  return make("button", { type: "button", ...attributes, onclick: act }, [label]);
}

/**
 * Return a list to choose from.
 *
 * @param {readonly (readonly [string, string])[]} choices Value and words of each.
 * @param {string} chosen
 * @param {(value: string) => void} act
 * @param {Attributes} [attributes]
 * @returns {HTMLSelectElement}
 */
export function makeSelect(choices, chosen, act, attributes = {}) {
  const options = choices.map(([value, words]) => make("option", { value }, [words]));
  const select = make("select", { ...attributes, onchange: () => act(select.value) }, options);
  select.value = chosen;
  return select;
}

/**
 * Return a labelled control: the label above or beside it.
 *
 * @param {string} label
 * @param {HTMLElement} control Its id is the label's target.
 * @param {Attributes} [attributes] Of what holds both.
 * @returns {HTMLElement}
 */
export function makeField(label, control, attributes = {}) {
  return make("div", { class: "field", ...attributes }, [make("label", { for: control.id }, [label]), control]);
}
