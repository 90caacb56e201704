// Pages work without this script. With it, a changed assumption is sent at once and the parts of the page that show
// results (data-live-part) are replaced by those of the answer; fields keep their text and the cursor its place.
"use strict";

const PAUSE_MS = 250; // after the last key
const UNPROCESSABLE = 422; // the page then says what has to be put right

document.documentElement.classList.add("live");

for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer = 0;
  let running = null;
  const status = form.querySelector("[data-live-status]");
  const say = (word) => { if (status) status.textContent = word ? status.dataset[word] : ""; };

  const update = async () => {
    if (running) running.abort();
    running = new AbortController();
    const mine = running;
    say("busy");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), signal: mine.signal });
      if (!answer.ok && answer.status !== UNPROCESSABLE) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      for (const part of document.querySelectorAll("[data-live-part]")) {
        const fresh = page.getElementById(part.id);
        if (fresh) part.replaceWith(document.adoptNode(fresh));
      }
      const address = page.body.dataset.address;
      if (address) history.replaceState(null, "", address);
      say("done");
    } catch (error) {
      if (error.name !== "AbortError") say("failed");
    }
  };

  const soon = (pause) => { clearTimeout(timer); timer = setTimeout(update, pause); };
  form.addEventListener("input", () => soon(PAUSE_MS));
  form.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
}
