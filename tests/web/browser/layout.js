// What a person sees of a page at the window's width, as sentences about what is amiss; run in the page.
() => {
  const found = [];
  const name = (place) => {
    const table = place.closest("table");
    const cell = place.closest("th, td");
    const where = table && ((table.caption && table.caption.innerText) || (table.querySelector("th") || table).innerText);
    return [place.id || place.className || place.tagName, where, cell && cell.dataset.label].filter(Boolean).join(" / ");
  };
  const shown = (place) => place.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !place.closest(".sr");
  const width = document.documentElement.clientWidth;
  const style = (place) => getComputedStyle(place);

  // Nothing runs off the window, and no part that scrolls hides columns on a desk.
  if (document.documentElement.scrollWidth > width) found.push(`window ${document.documentElement.scrollWidth} > ${width}`);
  for (const part of document.querySelectorAll(".scroll")) {
    const table = part.querySelector("table");
    const mustFit = width >= 1280 || (width < 600 && table.classList.contains("stacked"));
    if (mustFit && shown(part) && part.scrollWidth > part.clientWidth + 1) found.push(`scrolls ${part.scrollWidth} > ${part.clientWidth}: ${name(table)}`);
  }

  // No word or number is broken within.
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!/[A-Za-z0-9]{2}/.test(text.data) || !shown(text.parentElement) || text.parentElement.closest("script, .sources")) continue;
    range.selectNodeContents(text);
    if (range.getClientRects().length < 2) continue;
    for (const word of text.data.matchAll(/(?<![A-Za-z0-9])[+-]?[A-Za-z0-9][A-Za-z0-9.,]*[A-Za-z0-9]/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top)));
      if (lines.size > 1) found.push(`broken ${word[0]}: ${name(text.parentElement)}`);
    }
  }

  // A field shows all of the number that stands in it, or that it is likely to hold.
  const pen = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll("input[inputmode=decimal]")) {
    if (!shown(field)) continue;
    const look = style(field);
    pen.font = look.font;
    const room = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    for (const said of [field.value, field.placeholder, "1234.5"]) {
      if (room < pen.measureText(said).width) { found.push(`field ${field.name} has ${Math.round(room)} for ${said}`); break; }
    }
  }

  for (const field of document.querySelectorAll("main select")) {
    if (!shown(field)) continue;
    const look = style(field);
    pen.font = look.font;
    const room = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight) - 20; // for its arrow
    const said = field.selectedOptions[0].label;
    if (room < pen.measureText(said).width) found.push(`field ${field.name} has ${Math.round(room)} for ${said}`);
  }

  // What is asked or said at a field does not stand in a column of single words.
  for (const told of document.querySelectorAll(".caution, .fault")) {
    if (shown(told) && told.innerText.length > 20 && told.getBoundingClientRect().width < 180) found.push(`squeezed ${Math.round(told.getBoundingClientRect().width)}: ${told.id}`);
  }

  const bar = document.querySelector(".bar-of-changes");
  if (bar && bar.getBoundingClientRect().height > innerHeight / 4) found.push(`bar ${Math.round(bar.getBoundingClientRect().height)} of ${innerHeight}`);
  return [...new Set(found)];
}
