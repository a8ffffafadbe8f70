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

// Copy the link to an answer; without script it is there as text.
const copied = document.querySelector("[data-app-copied]");
if (copied && navigator.clipboard) {
  const button = copied.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = copied.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(copied.dataset.appCopied);
      said.textContent = "Copied";
    } catch {
      said.textContent = "The browser does not allow this. Copy the link by hand.";
    }
  });
}

// The answers that this browser has opened, kept by the browser alone: offered to be set beside this one.
const asked = document.querySelector("[data-app-asked]");
if (asked) {
  const { appAsked: here, appTitle: title, appName: name } = asked.dataset;
  const most = 20;
  try {
    const others = JSON.parse(localStorage.getItem("answers") ?? "[]").filter((answer) => answer.id !== here);
    localStorage.setItem("answers", JSON.stringify([{ id: here, title, name }, ...others].slice(0, most)));
    for (const answer of others.slice(0, most)) {
      const link = document.createElement("a");
      const query = new URLSearchParams({ a: here, b: answer.id });
      if (name) query.set("a_name", name);
      if (answer.name) query.set("b_name", answer.name);
      link.href = `/beside?${query}`;
      link.className = "govuk-link";
      link.textContent = answer.title;
      const entry = document.createElement("li");
      entry.append(link);
      asked.querySelector("ul").append(entry);
    }
    asked.hidden = others.length === 0;
  } catch {
    asked.hidden = true; // the browser keeps nothing
  }
}

// Older browsers print what is folded only if it is opened.
const folded = () => [...document.querySelectorAll("details:not([open])")];
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = folded();
  for (const one of opened) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});

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
