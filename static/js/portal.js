// What pages gain when scripts run. Everything works without this file.

const filters = document.getElementById("filters");
if (filters && !CSS.supports("selector(::details-content)")) {
  // Older browsers cannot show a closed <details> beside the results by CSS alone.
  const wide = matchMedia("(min-width: 60rem)");
  filters.open = wide.matches;
  wide.addEventListener("change", () => { filters.open = wide.matches; });
}

// A faulty form comes back with what is wrong in it: start reading there.
document.querySelector(".errors-found")?.focus();

const menu = document.getElementById("menu");
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
menu?.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

// htmx replaces results and counts in place. What stood open is kept here, and with it the focus: htmx looks for it by
// id, while all is still closed. The number found is said aloud, with what there is to say of it.
let open = [];
let focused = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  open = Array.from(document.querySelectorAll("details[open][id]"), (details) => details.id);
  focused = event.target.contains(document.activeElement) ? whereabouts(document.activeElement) : null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  for (const id of open) {
    const details = document.getElementById(id);
    if (details) details.open = true;
  }
  const said = Array.from(document.querySelectorAll("[data-announce]"), ({ textContent }) => textContent.trim());
  announce(said.map((words) => words.replace(/\s+/g, " ").replace(/[.:]$/, "")).join(". "));
  const { boosted } = event.detail;
  if (document.activeElement !== document.body || !(boosted || focused !== null)) return;
  const again = !boosted && focused && document.querySelector(focused);
  if (again) again.focus({ preventScroll: true });
  else goOn(document.querySelector("h2:has([data-announce])"));
});
// A form that keeps itself says in its own line what could not be kept.
const keeps = (event) => event.detail.elt.closest("[data-keeps]");
document.addEventListener("htmx:responseError", (event) => {
  if (!keeps(event)) announce("Nie udało się odświeżyć wyników. Spróbuj ponownie.");
});
document.addEventListener("htmx:sendError", (event) => { if (!keeps(event)) announce("Brak połączenia z portalem."); });

// A heading of filters is known by what it opens, a link by where it leads.
function whereabouts(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.matches("details[id] > summary")) return `#${CSS.escape(element.parentElement.id)} > summary`;
  return element.matches("a[href]") ? `a[href="${CSS.escape(element.getAttribute("href"))}"]` : "";
}

// A link to another page of results is gone once it was followed, and the focus with it: go on where they begin.
function goOn(heading) {
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  if (heading.getBoundingClientRect().top < 0) heading.scrollIntoView();
}

function announce(text) {
  const announcer = document.getElementById("announcer");
  if (!text || !announcer) return;
  // The same words twice are only read when the region was empty in between.
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = text; });
}
