// The map of a result: counties by count; nearer, the municipalities; nearest, the places themselves.
// What it draws comes from the same query string as the list beside it. Pressing a place narrows the list to it.
const L = window.L;
const MUNICIPALITIES_FROM = 9.5;
const POINTS_FROM = 12;
let forms = [];
const plural = (count) => {
  if (count === 1) return forms[0];
  return [2, 3, 4].includes(count % 10) && ![12, 13, 14].includes(count % 100) ? forms[1] : forms[2];
};
const said = (name, count) => `${name}: ${count} ${plural(count)}`;
// Leaflet takes a string for HTML; names come from people, so they are only ever set as text.
const text = (words, className = "") => {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = words;
  return element;
};
const json = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

// The point of a county farthest from every border: a county around a city has its number beside the city, not on it.
function heart(area, vertices) {
  const bounds = area.getBounds();
  const steps = 14;
  let best = bounds.getCenter();
  let widest = -1;
  for (let i = 1; i < steps; i += 1) {
    for (let j = 1; j < steps; j += 1) {
      const lat = bounds.getSouth() + ((bounds.getNorth() - bounds.getSouth()) * i) / steps;
      const lng = bounds.getWest() + ((bounds.getEast() - bounds.getWest()) * j) / steps;
      if (!inside(area.getLatLngs(), lat, lng)) continue;
      // A degree of longitude is here some 0.63 of a degree of latitude.
      const room = Math.min(...vertices.map((point) => (point.lat - lat) ** 2 + ((point.lng - lng) * 0.63) ** 2));
      if (room > widest) [widest, best] = [room, { lat, lng }];
    }
  }
  return best;
}

// Whether a point lies inside an odd number of the rings, holes being rings too.
function inside(rings, lat, lng) {
  if (Array.isArray(rings[0])) return rings.reduce((odd, ring) => odd !== inside(ring, lat, lng), false);
  let odd = false;
  rings.forEach((a, index) => {
    const b = rings.at(index - 1);
    if (a.lat > lat !== b.lat > lat && lng < ((b.lng - a.lng) * (lat - a.lat)) / (b.lat - a.lat) + a.lng) odd = !odd;
  });
  return odd;
}

// What Leaflet draws is nothing to the keyboard until it has a name, a role and a place in the order.
function press(layer, { role, name, open }) {
  const element = layer.getElement();
  element.setAttribute("role", role);
  element.setAttribute("tabindex", "0");
  element.setAttribute("aria-label", name);
  element.addEventListener("focus", () => layer.openTooltip(layer.heart));
  element.addEventListener("blur", () => layer.closeTooltip());
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && !(event.key === " " && role === "button")) return;
    event.preventDefault();
    open();
  });
}

class ResultMap {
  constructor(box) {
    this.box = box;
    this.query = new URLSearchParams(box.dataset.query);
    forms = box.dataset.forms.split(",");
    this.map = L.map(box, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false,
      zoomSnap: 0.5,
      minZoom: 6.5,
      maxZoom: 16,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    L.control.zoom({ zoomInTitle: "Przybliż", zoomOutTitle: "Oddal" }).addTo(this.map);
    // The page scrolls past the map until somebody has taken hold of it.
    this.map.on("focus click", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
    this.places = L.layerGroup().addTo(this.map);
    this.moves = 0;
  }

  async draw() {
    const [shapes, figures] = await Promise.all([json(this.box.dataset.boundaries), json(this.figures())]);
    this.municipalities = figures.municipalities;
    this.counties = new Map(figures.counties.map((county) => [county.id, county]));
    const most = Math.max(1, ...figures.counties.map((county) => county.count));
    this.areas = L.geoJSON(shapes, {
      style: ({ id }) => ({ className: `area ${this.shade(this.counties.get(id)?.count ?? 0, most)}` }),
      onEachFeature: (feature, area) => this.prepare(area, this.counties.get(feature.id)),
    }).addTo(this.map);
    this.lookAtChosen();
    const vertices = this.areas.getLayers().flatMap((area) => area.getLatLngs().flat(Infinity));
    this.areas.eachLayer((area) => {
      area.heart = heart(area, vertices);
      this.name(area);
    });
    this.map.on("zoomend moveend", () => this.update());
    await this.update();
    this.box.dataset.ready = "1";
  }

  figures(extra = {}) {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(extra)) query.set(name, value);
    return `${this.box.dataset.figures}?${query}`;
  }

  // Where to look first: the municipalities or the counties of the filter, or the whole region.
  lookAtChosen() {
    const options = { padding: [12, 12], animate: false };
    const towns = this.municipalities.filter(({ id }) => this.query.getAll("gmina").includes(id));
    const counties = this.areas.getLayers().filter((area) => this.query.getAll("powiat").includes(area.feature.id));
    if (towns.length) {
      const bounds = L.latLngBounds(towns.map(({ lat, lon }) => [lat, lon]));
      this.map.fitBounds(bounds, { ...options, maxZoom: POINTS_FROM });
    } else {
      this.map.fitBounds((counties.length ? L.featureGroup(counties) : this.areas).getBounds(), options);
    }
    // Whoever has chosen a place wants to see what is inside it, however small the screen.
    const narrowed = towns.length + counties.length > 0;
    this.near = narrowed ? Math.min(MUNICIPALITIES_FROM, this.map.getZoom()) : MUNICIPALITIES_FROM;
  }

  shade(count, most) {
    if (!count) return "none";
    // Square roots: one big city must not leave every other county pale.
    return `some level-${Math.max(1, Math.ceil(4 * Math.sqrt(count / most)))}`;
  }

  prepare(area, county) {
    if (!county) return;
    area.county = county;
    area.bindTooltip(text(said(county.name, county.count)), { sticky: true });
    if (!county.count) return;
    // Neighbours drawn later would cover half of a thicker border: it is drawn once more, above them all.
    const border = L.geoJSON(area.feature, { style: { className: "aim" }, interactive: false });
    area.on("click", () => this.open({ powiat: county.id }));
    area.on("mouseover tooltipopen", () => border.addTo(this.map));
    area.on("mouseout tooltipclose", () => border.remove());
  }

  name(area) {
    const county = area.county;
    // A county with nothing in it has a tooltip for the mouse, and by that alone would be a stop for the Tab key.
    if (!county?.count) area.getElement().setAttribute("tabindex", "-1");
    else press(area, { role: "link", name: said(county.name, county.count), open: () => this.open({ powiat: county.id }) });
  }

  open(filter) {
    const query = new URLSearchParams(this.query);
    ["page", "powiat", "gmina"].forEach((name) => query.delete(name));
    for (const [name, values] of Object.entries(filter)) [values].flat().forEach((value) => query.append(name, value));
    query.set("view", "mapa");
    location.assign(`${this.box.dataset.list}?${query}`);
  }

  async update() {
    if (!this.map.getSize().x) return undefined; // not shown, as on paper: there is no frame to ask for
    const move = ++this.moves;
    const zoom = this.map.getZoom();
    if (zoom < this.near) return this.showCounties();
    await this.outline();
    if (zoom < POINTS_FROM) return this.showPlaces(this.municipalities.map((place) => this.whole(place, place.count)));
    const [west, south, east, north] = this.map.getBounds().pad(0.2).toBBoxString().split(",").map(Number);
    const frame = [Math.max(west, -180), Math.max(south, -90), Math.min(east, 180), Math.min(north, 90)];
    const { points } = await json(this.figures({ ramka: frame.map((part) => part.toFixed(4)).join(",") }));
    if (move !== this.moves) return undefined; // the map has moved on in the meantime
    const rest = this.municipalities.map((place) => this.whole(place, place.count - place.exact));
    return this.showPlaces([...rest, ...points.map((point) => this.exact(point))]);
  }

  showCounties() {
    this.places.clearLayers();
    this.areas.eachLayer((area) => {
      const county = area.county;
      if (!county?.count) return;
      this.mark(area.heart, county.count, "of-county", { interactive: false, keyboard: false })
        .getElement()
        .setAttribute("aria-hidden", "true");
    });
  }

  whole(place, count) {
    return { ...place, count, gmina: [place.id], title: said(place.name, count), open: () => this.open({ gmina: place.id }) };
  }

  exact(point) {
    const gmina = point.gmina ? [point.gmina] : [];
    const title = point.count === 1 ? point.name : said("W tym miejscu", point.count);
    const open = point.count === 1 ? () => location.assign(`${this.box.dataset.places}${point.slug}/`) : null;
    return { ...point, gmina, title, open };
  }

  showPlaces(places) {
    this.places.clearLayers();
    for (const place of this.merged(places.filter((one) => one.count))) this.link(place);
  }

  // Places that would cover each other become one with the sum; pressing it comes nearer.
  merged(places) {
    const size = 40;
    const cells = new Map();
    for (const place of places) {
      const { x, y } = this.map.project([place.lat, place.lon]).divideBy(size).floor();
      const key = `${x} ${y}`;
      cells.set(key, [...(cells.get(key) ?? []), place]);
    }
    return [...cells.values()].map((together) => (together.length === 1 ? together[0] : this.sum(together)));
  }

  sum(places) {
    const count = places.reduce((sum, place) => sum + place.count, 0);
    const mean = (name) => places.reduce((sum, place) => sum + place[name] * place.count, 0) / count;
    const names = places.length <= 3 ? places.map((place) => place.title).join("; ") : said("W tej okolicy", count);
    return { count, lat: mean("lat"), lon: mean("lon"), title: names, gmina: places.flatMap((place) => place.gmina), open: null };
  }

  nearer(place) {
    if (this.map.getZoom() < this.map.getMaxZoom()) this.map.setView([place.lat, place.lon], this.map.getZoom() + 2);
    else if (place.gmina.length) this.open({ gmina: [...new Set(place.gmina)] });
  }

  link(place) {
    const marker = this.mark(place, place.count, "of-place", { keyboard: true, riseOnHover: true });
    const open = place.open ?? (() => this.nearer(place));
    marker.bindTooltip(text(place.title)).on("click", open);
    press(marker, { role: place.open ? "link" : "button", name: place.title, open });
  }

  mark(place, count, kind, options) {
    const size = 26 + 6 * Math.min(4, Math.floor(Math.log10(count) * 2));
    const icon = L.divIcon({ html: text(count, `count ${kind}`), className: "", iconSize: [size, size] });
    return L.marker([place.lat, place.lon ?? place.lng], { icon, ...options }).addTo(this.places);
  }

  // Thin lines of the municipalities, fetched when somebody first comes near.
  async outline() {
    this.outlines ??= json(`${this.box.dataset.boundaries}?poziom=gmina`).then((shapes) =>
      L.geoJSON(shapes, { style: { className: "part" }, interactive: false }).addTo(this.map),
    );
    await this.outlines;
  }
}

let current = null;

async function start() {
  const box = document.querySelector("[data-map]");
  if (!box || box.dataset.ready || box === current?.box) return;
  current?.map.remove();
  current = new ResultMap(box);
  try {
    await current.draw();
    document.getElementById("map-counts")?.removeAttribute("open");
  } catch (error) {
    box.hidden = true;
    document.getElementById("map-failed").hidden = false;
    throw error;
  }
}

start();
// htmx replaces the results together with the map in them. The map has no id: for elements of one id htmx would copy
// the style attribute that Leaflet has set, which the content policy forbids.
document.addEventListener("htmx:afterSettle", start);
