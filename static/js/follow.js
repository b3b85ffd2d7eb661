// Work under way tells how far it is without loading the page anew: focus and the place of reading stay. Without
// scripts the page refreshes itself.

const place = document.querySelector("[data-follow]");

async function look() {
  let fresh = null;
  try {
    const answer = await fetch(location.href);
    if (answer.ok) fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    // The server is away for a moment; the next look may find it.
    wait();
    return;
  }
  const part = fresh && fresh.querySelector("[data-follow]");
  if (!part) {
    // It has come to its end: the page now says what came of it.
    location.reload();
    return;
  }
  place.replaceChildren(...part.childNodes);
  wait();
}

function wait() {
  setTimeout(look, 1000 * Number(place.dataset.follow));
}

if (place) wait();
