// Pages work without this script. With it, a changed field is sent at once and the parts of the page that show results
// (data-live-part) are replaced by those of the answer; the form itself stays, and the cursor keeps its place.
"use strict";

const PAUSE_MS = 250; // after the last key
const UNPROCESSABLE = 422; // the page then says what has to be put right

document.documentElement.classList.add("live");

function ask(form, signal) {
  const data = new FormData(form);
  if (form.method === "post") return fetch(form.action, { method: "POST", body: data, signal });
  const address = new URL(form.action);
  address.search = new URLSearchParams(data);
  return fetch(address, { signal });
}

// What a person has typed into a part that is replaced is typed into the new one.
function keepEntries(old, fresh) {
  for (const entry of old.querySelectorAll("input[id]")) {
    const same = fresh.querySelector("#" + CSS.escape(entry.id));
    if (same && entry.value !== entry.defaultValue) same.value = entry.value;
  }
}

function show(page) {
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) continue;
    keepEntries(part, fresh);
    part.replaceWith(document.adoptNode(fresh));
  }
}

function markFields(form) {
  const wrong = new Set([...document.querySelectorAll("[data-place]")].map((item) => item.dataset.place));
  for (const field of form.elements) {
    if (wrong.has(field.name)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer = 0;
  let running = null;
  const status = form.querySelector("[data-live-status]");
  const say = (word) => { if (status) status.textContent = status.dataset[word]; };

  const update = async () => {
    if (running) running.abort();
    running = new AbortController();
    const { signal } = running;
    say("busy");
    try {
      const answer = await ask(form, signal);
      if (!answer.ok && answer.status !== UNPROCESSABLE) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return;
      show(page);
      markFields(form);
      history.replaceState(null, "", page.body.dataset.address || answer.url);
      say(answer.ok ? "done" : "wrong");
    } catch (error) {
      if (error.name !== "AbortError") say("failed");
    }
  };

  const soon = (pause) => { clearTimeout(timer); timer = setTimeout(update, pause); };
  form.addEventListener("input", () => soon(PAUSE_MS));
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
}
