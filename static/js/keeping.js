// A draft that is kept while it is written: what the line under the form says when nothing could be kept.

const form = document.querySelector("[data-keeps]");
const line = document.getElementById("kept");

form?.addEventListener("htmx:beforeSwap", (event) => {
  // Any other page, as that of signing in, is no answer to what was typed.
  if (event.detail.xhr.getResponseHeader("X-Kept")) return;
  event.detail.shouldSwap = false;
  const button = form.querySelector("button.button")?.textContent ?? "Zapisz";
  say(`Nie zapisano. Naciśnij „${button}”: być może trzeba zalogować się od nowa.`);
});
form?.addEventListener("htmx:sendError", () => say("Nie zapisano: brak połączenia z portalem. Spróbujemy przy następnej zmianie."));

function say(words) {
  line.querySelectorAll(".kept").forEach((old) => old.remove());
  const told = document.createElement("p");
  told.className = "kept bad";
  told.textContent = words;
  line.append(told);
}
