// Small helpers of the page; everything works without them.
import { initAll } from "/static/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A run that waits or is under way: tell how far it is, and show the answer when it is there.
const told = document.querySelector("[data-app-status]");
if (told) {
  let aloud = "";
  const ask = async () => {
    let pause = 1000;
    try {
      const answer = await fetch(told.dataset.appStatus, { headers: { Accept: "application/json" } });
      if (answer.status === 404) return window.location.reload();
      const status = await answer.json();
      if (!status.open) return window.location.reload();
      document.getElementById("state-title").textContent = status.title;
      document.getElementById("progress-label").textContent = status.progress;
      document.getElementById("progress").value = status.percent;
      document.getElementById("state-left").textContent = status.left;
      // Read aloud what changes seldom only: the title, and every quarter of the way.
      const words = `${status.title}. ${Math.floor(status.percent / 25) * 25} %`;
      if (words !== aloud) document.getElementById("state-aloud").textContent = aloud = words;
    } catch {
      pause = 4000; // the server is away for a moment
    }
    window.setTimeout(ask, pause);
  };
  window.setTimeout(ask, 700);
}

// The page Assumptions: show only rows with the words typed, and unfold what has some.
const filter = document.querySelector("[data-app-filter]");
if (filter) {
  const groups = [...document.querySelectorAll("[data-app-filtered]")].map((group) => ({
    group,
    rows: [...group.querySelectorAll("[data-app-row]")].map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
  const field = filter.querySelector("input");
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { group, rows } of groups) {
      const found = rows.filter(({ row, text }) => !(row.hidden = !words.every((word) => text.includes(word)))).length;
      group.hidden = found === 0;
      group.open = words.length > 0 && found > 0;
      count += found;
    }
    document.getElementById("filter-found").textContent = words.length ? `Found: ${count}.` : "";
  };
  field.addEventListener("input", show);
  filter.hidden = false;
  if (field.value) show();
}
