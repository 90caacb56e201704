// Pages work without this script. With it, a changed field is sent at once and the parts of the page that show results
// (data-live-part) are replaced by those of the answer; the form itself stays, and the cursor keeps its place.
"use strict";

const PAUSE_MS = 250; // after the last key
const UNPROCESSABLE = 422; // the page then says what has to be put right
const STALE = 400; // the page then holds a fresh token: the form was of a session that has ended

document.documentElement.classList.add("live");
// What a refused save is answered with gets an address that Back can ask for: nobody is asked to send the form again.
const { address } = document.body.dataset;
if (address && !location.search) history.replaceState(null, "", address + location.hash);

function ask(form, signal, pressed) {
  const data = new FormData(form);
  if (pressed) data.append(pressed.name, pressed.value);
  if (form.method === "post") return fetch(form.action, { method: "POST", body: data, signal });
  const address = new URL(form.action);
  address.search = new URLSearchParams(data);
  return fetch(address, { signal });
}

// Send the form; once more with the fresh token where its own has expired.
async function askOrRenew(form, signal, pressed) {
  const answer = await ask(form, signal, pressed);
  if (answer.status !== STALE) return answer;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [fresh, own] = [page, form].map((place) => place.querySelector("input[name=csrf_token]"));
  if (!fresh || !own) return answer;
  own.value = fresh.value;
  return ask(form, signal, pressed);
}

function belongsTo(field, key) {
  return key !== undefined && (field.name === key || field.name.startsWith(key + "."));
}

// What a person has typed into a part that is replaced is typed into the new one, and the cursor stays.
// `undone` is a change that was taken back: its fields are those of the answer.
function keepEntries(old, fresh, undone) {
  for (const entry of old.querySelectorAll(":is(input, textarea)[id]")) {
    const same = fresh.querySelector("#" + CSS.escape(entry.id));
    if (same && !belongsTo(entry, undone) && entry.value !== entry.defaultValue) same.value = entry.value;
  }
  for (const open of old.querySelectorAll("details[open]")) {
    const same = open.id && fresh.querySelector("#" + CSS.escape(open.id));
    if (same) same.open = true;
  }
}

// Times are those of whoever looks.
function tellLocalTimes(place) {
  for (const time of place.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const two = (number) => String(number).padStart(2, "0");
    const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).slice(0, /[\d:]+(?= |$)/.exec(time.textContent.trim().slice(11))[0].split(":").length);
    time.textContent = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock.join(":")}`;
  }
}
tellLocalTimes(document);

function replacePart(part, fresh, undone) {
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const chosen = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  keepEntries(part, fresh, undone);
  tellLocalTimes(fresh);
  part.replaceWith(document.adoptNode(fresh));
  const same = active && active.id && document.getElementById(active.id);
  if (!same) return;
  same.focus({ preventScroll: true });
  if (chosen && chosen[0] !== null) same.setSelectionRange(...chosen);
}

function show(page, undone) {
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) replacePart(part, fresh, undone);
  }
}

// The form stays as it is; what is wrong with a field, or asks for a second look, is said at the field, as on the page
// that was answered, and what an empty one means stands in it. Fields in parts that are replaced come with their marks.
const replaced = (place) => place.closest("[data-live-part]") !== null;

function markFields(form, page) {
  for (const old of document.querySelectorAll(".fault, form .caution")) if (!replaced(old)) old.remove();
  for (const field of form.elements) {
    // A button or a group is no field: the words that belong to `f-PATH` are `e-PATH` and `c-PATH`.
    if (replaced(field) || !field.id.startsWith("f-")) continue;
    const same = page.getElementById(field.id);
    if (!same) continue;
    for (const name of ["aria-invalid", "aria-describedby", "placeholder"]) {
      if (same.hasAttribute(name)) field.setAttribute(name, same.getAttribute(name));
      else field.removeAttribute(name);
    }
    for (const mark of ["c-", "e-"]) {
      const told = page.getElementById(mark + field.id.slice("f-".length));
      const row = told && told.closest("tr.told");
      if (row) document.getElementById(row.id).firstElementChild.append(document.adoptNode(told));
      else if (told) (field.closest(".entry") || field).after(document.adoptNode(told));
    }
  }
}

// What was undone is taken out of its fields too.
function takeOut(form, page, key) {
  for (const field of form.elements) {
    if (!belongsTo(field, key)) continue;
    const same = field.id && page.getElementById(field.id);
    if (same) field.value = same.value;
  }
}

function openAround(field) {
  for (let place = field; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer = 0;
  let running = null;
  const status = form.querySelector("[data-live-status]");
  const say = (word) => {
    if (!status) return;
    status.textContent = status.dataset[word];
    status.classList.toggle("refused", word === "wrong" || word === "failed");
  };

  const update = async (pressed) => {
    if (running) running.abort();
    running = new AbortController();
    const { signal } = running;
    say("busy");
    try {
      const answer = await askOrRenew(form, signal, pressed);
      if (!answer.ok && answer.status !== UNPROCESSABLE) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (signal.aborted) return;
      show(page, pressed ? pressed.value : undefined);
      if (pressed) takeOut(form, page, pressed.value);
      markFields(form, page);
      document.title = page.title;
      document.documentElement.dataset.print = page.documentElement.dataset.print;
      const address = page.body.dataset.address || (form.method === "get" && answer.url);
      if (address) history.replaceState(null, "", address);
      say(answer.ok ? "done" : "wrong");
    } catch (error) {
      if (error.name !== "AbortError") say("failed");
    }
  };

  const stop = () => { clearTimeout(timer); if (running) running.abort(); };
  const soon = (pause, pressed) => { clearTimeout(timer); timer = setTimeout(update, pause, pressed); };
  // A field may belong to the form and stand elsewhere on the page.
  document.addEventListener("input", (event) => { if (event.target.form === form) soon(PAUSE_MS); });
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter && event.submitter.name ? event.submitter : null;
    const undoing = pressed && pressed.name === "undo";
    // Saving and downloading send the form themselves: what stands in it at this moment is what counts.
    if (pressed && pressed.name === "save") stop();
    if (pressed && !undoing) return;
    event.preventDefault();
    soon(0, undoing ? { name: pressed.name, value: pressed.value } : null);
  });
}

// A problem leads to its field, out of a closed section if need be; Enter in the name saves.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#f-"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  openAround(field);
  field.focus();
  field.scrollIntoView({ block: "center" });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "f-name") return;
  const save = document.querySelector("#strip button[name=save]");
  if (!save) return;
  event.preventDefault();
  save.click();
});

// Escape closes what was opened over the page or in a row, and the focus is where it was opened.
document.addEventListener("keydown", (event) => {
  const opened = event.key === "Escape" && event.target.closest("details:is(.menu, .changes-list)[open]");
  if (!opened) return;
  opened.open = false;
  opened.querySelector("summary").focus();
});

// What takes its time says so until the file is there.
for (const link of document.querySelectorAll("a[data-busy]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") === "true") return;
    const words = link.textContent;
    link.setAttribute("aria-busy", "true");
    link.textContent = link.dataset.busy;
    try {
      const answer = await fetch(link.href);
      const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
      if (!answer.ok || !name) throw new Error(String(answer.status));
      const file = Object.assign(document.createElement("a"), { href: URL.createObjectURL(await answer.blob()) });
      file.download = decodeURIComponent(name[1]);
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
    } catch {
      location.assign(link.href);
    } finally {
      link.textContent = words;
      link.removeAttribute("aria-busy");
    }
  });
}
