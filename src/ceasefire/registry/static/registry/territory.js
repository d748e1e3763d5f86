/* Draws a territory by clicks on a map; each corner is a line of the text field beside it. */
(() => {
  "use strict";
  const line = ({ lat, lng }) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
  const read = (text) => text.split("\n").map((one) => one.split(/[\s,]+/).map(Number))
    .filter(([lat, lng]) => Number.isFinite(lat) && Number.isFinite(lng) && (lat || lng));

  const draw = async (box) => {
    const field = document.querySelector(`[name="${box.dataset.draws}"]`);
    const answer = await fetch(box.dataset.boundariesUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok || !window.L) return;
    box.hidden = false;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", box.dataset.label);
    const map = L.map(box, { attributionControl: false, zoomSnap: 0.25 });
    const land = L.geoJSON(await answer.json(), { className: "map-area", interactive: false });
    map.fitBounds(land.getBounds(), { padding: [8, 8] });
    land.addTo(map);
    const area = L.polygon([], { interactive: false }).addTo(map);
    const show = () => area.setLatLngs(read(field.value));
    const write = (lines) => { field.value = lines.join("\n"); show(); };
    const lines = () => field.value.split("\n").filter((one) => one.trim());
    map.on("click", ({ latlng }) => write([...lines(), line(latlng)]));
    field.addEventListener("input", show);
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "button second undo";
    undo.textContent = box.dataset.undo;
    undo.addEventListener("click", () => write(lines().slice(0, -1)));
    box.after(undo);
    show();
  };

  document.querySelectorAll("[data-draws]").forEach(draw);
})();
