// What the panel's library leaves to the mouse is given to the keyboard and to screen readers.

const PRESSED_BY_MOUSE = "a:not([href]), span, div";

function pressable(element) {
  return element.matches(PRESSED_BY_MOUSE) && element.hasAttribute("x-on:click") && !element.hasAttribute("tabindex");
}

function giveToKeyboard(element) {
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  if (/sidebar/.test(element.getAttribute("x-on:click"))) element.setAttribute("aria-label", "Menu");
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    element.click();
  });
}

function labelOf(field) {
  const line = field.closest(".group") || field.closest("td");
  const label = line && (line.querySelector("label") || {}).textContent;
  return label ? label.replace("*", "").trim() : "";
}

function nameSearch(field) {
  if (field.hasAttribute("aria-label")) return;
  const label = labelOf(field);
  field.setAttribute("aria-label", label ? `Szukaj: ${label}` : "Szukaj");
}

// The library calls a list by what is chosen in it: while nothing is, it has no name.
function nameChoice(chosen) {
  const label = labelOf(chosen);
  if (!label) return;
  chosen.setAttribute("aria-label", label);
  const list = chosen.closest("[role=combobox]");
  list.setAttribute("aria-label", label);
  list.removeAttribute("aria-labelledby");
  list.setAttribute("aria-describedby", chosen.id);
}

// Icons are letters of a font: a screen reader would spell "storefront" before "Podmioty".
const ICON_WORDS = { add: "Dodaj", arrow_back: "Wstecz", close: "Zamknij", delete: "Usuń", search: "Szukaj", menu: "Menu" };

function silenceIcon(icon) {
  if (icon.hasAttribute("aria-hidden") || icon.hasAttribute("tabindex")) return;
  icon.setAttribute("aria-hidden", "true");
  const owner = icon.closest("a, button, [role=button]");
  if (!owner || owner.hasAttribute("aria-label")) return;
  const words = owner.textContent.replace(icon.textContent, "").trim();
  if (!words) owner.setAttribute("aria-label", owner.title || ICON_WORDS[icon.textContent.trim()] || "Więcej");
}

function look(root) {
  if (!(root instanceof Element)) return;
  for (const element of [root, ...root.querySelectorAll("[x-on\\:click]")]) if (pressable(element)) giveToKeyboard(element);
  for (const icon of root.querySelectorAll(".material-symbols-outlined")) silenceIcon(icon);
  for (const field of root.querySelectorAll(".select2-search__field")) nameSearch(field);
  for (const chosen of root.querySelectorAll(".select2-selection--single .select2-selection__rendered")) nameChoice(chosen);
}

document.addEventListener("DOMContentLoaded", () => {
  look(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) for (const added of change.addedNodes) look(added);
  }).observe(document.body, { childList: true, subtree: true });
});
