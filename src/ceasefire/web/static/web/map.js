/* Turns the picture of a map into one that can be moved. Without this file the picture stays. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  // More marks than this lie too close together to be touched one by one.
  const MANY = 60;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const load = async (url) => {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return answer.json();
  };

  const picture = ({ slot, path }) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "map");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("class", `kind-${slot}`);
    shape.setAttribute("d", path);
    svg.append(shape);
    return svg;
  };

  const says = ({ name, label }) => [name, label].filter(Boolean).join(", ");

  const popup = (place) => {
    const words = document.createElement(place.href ? "a" : "span");
    if (place.href) words.href = place.href;
    words.textContent = says(place);
    return words;
  };

  const marker = ({ properties: place }, where) => {
    const icon = L.divIcon({ className: "map-mark", html: picture(place), iconSize: [24, 24] });
    const made = L.marker(where, { icon, alt: says(place), title: says(place), keyboard: true });
    made.on("add", () => made.getElement().setAttribute("aria-label", says(place)));
    return made.bindPopup(() => popup(place));
  };

  const dot = ({ properties: place }, where) => {
    const colour = getComputedStyle(document.documentElement).getPropertyValue(`--kind-${place.slot}`);
    const look = { radius: 4, weight: 1, color: colour.trim(), fillOpacity: 0.6 };
    return L.circleMarker(where, look).bindPopup(() => popup(place));
  };

  const key = (features) => {
    const list = document.createElement("ul");
    list.className = "map-key";
    const kinds = new Map(features.map(({ properties }) => [properties.slot, properties]));
    for (const place of [...kinds.values()].sort((a, b) => a.slot - b.slot)) {
      const item = document.createElement("li");
      item.append(picture(place), place.label);
      list.append(item);
    }
    return list;
  };

  const fill = (box, points, areas) => {
    const many = points.features.length > MANY;
    const motion = { zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still };
    const map = L.map(box, { attributionControl: false, preferCanvas: many, zoomSnap: 0.25, ...motion });
    const places = L.geoJSON(points, { pointToLayer: many ? dot : marker });
    const outline = { className: "map-area", interactive: false, renderer: L.svg() };
    const land = areas && L.geoJSON(areas, outline).addTo(map);
    places.addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.fitBounds((land || places).getBounds(), { padding: [8, 8] });
  };

  const enhance = async (figure) => {
    const { pointsUrl, boundariesUrl, label } = figure.dataset;
    const [points, areas] = await Promise.all([load(pointsUrl), boundariesUrl && load(boundariesUrl)]);
    if (!points.features.length) return;
    const box = document.createElement("div");
    box.className = "interactive-map";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", label);
    figure.querySelector(".chart").before(key(points.features), box);
    figure.classList.add("replaced");
    try {
      fill(box, points, areas);
    } catch (fault) {
      figure.classList.remove("replaced");
      box.remove();
      throw fault;
    }
  };

  const enhanceAll = (part) => {
    for (const figure of part.querySelectorAll("[data-points-url]:not([data-seen])")) {
      figure.dataset.seen = "";
      enhance(figure).catch((fault) => console.warn("The map stays a picture:", fault.message));
    }
  };

  document.addEventListener("DOMContentLoaded", () => enhanceAll(document));
  // A part of the page that arrived later has its own maps.
  document.addEventListener("htmx:afterSettle", (event) => enhanceAll(event.target));
})();
