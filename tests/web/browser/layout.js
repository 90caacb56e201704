// What a person sees of a page at the window's width, as sentences about what is amiss; run in the page.
() => {
  const found = [];
  const name = (place) => {
    const table = place.closest("table");
    const cell = place.closest("th, td");
    const where = table && ((table.caption && table.caption.innerText) || (table.querySelector("th") || table).innerText);
    return [place.id || place.getAttribute("class") || place.tagName, where, cell && cell.dataset.label].filter(Boolean).join(" / ");
  };
  const shown = (place) => place.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !place.closest(".sr");
  const width = document.documentElement.clientWidth;
  const cards = (table) => table.matches(".stacked") && getComputedStyle(table.tHead || table).position === "absolute";
  const style = (place) => getComputedStyle(place);

  const paper = matchMedia("print").matches;

  // Nothing runs off the window; no part that scrolls hides columns on a desk, and none of a table that can have cards.
  if (document.documentElement.scrollWidth > width) found.push(`window ${document.documentElement.scrollWidth} > ${width}`);
  for (const part of document.querySelectorAll(".scroll")) {
    const table = part.querySelector("table");
    const mustFit = width >= 1280 || table.matches(".stacked, .list");
    if (mustFit && shown(part) && part.scrollWidth > part.clientWidth + 1) found.push(`scrolls ${part.scrollWidth} > ${part.clientWidth}: ${name(table)}`);
  }

  // No word or number is broken within, but where a soft hyphen lets it be.
  const range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (!/[A-Za-z0-9]{2}/.test(text.data) || !shown(text.parentElement) || text.parentElement.closest("script, .sources")) continue;
    range.selectNodeContents(text);
    if (range.getClientRects().length < 2) continue;
    for (const word of text.data.matchAll(/(?<![A-Za-z0-9\u00ad])[+-]?[A-Za-z0-9][A-Za-z0-9.,]*[A-Za-z0-9]/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((one) => one.width > 0).map((one) => Math.round(one.top)));
      if (lines.size > 1) found.push(`broken ${word[0]}: ${name(text.parentElement)}`);
    }
  }

  // A figure stands on one line with the unit or the sign behind it, whatever elements they are in.
  const block = (node) => { let place = node.parentElement; while (style(place).display === "inline") place = place.parentElement; return place; };
  const said = new Map();
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = all.nextNode(); text; text = all.nextNode()) {
    if (!shown(text.parentElement) || text.parentElement.closest("script, svg, option, textarea, code")) continue;
    const home = block(text);
    if (!said.has(home)) said.set(home, []);
    for (let at = 0; at < text.data.length; at++) said.get(home).push([text, at]);
  }
  for (const [home, letters] of said) {
    const words = letters.map(([text, at]) => text.data[at]).join("").replace(/\s/g, " ");
    const parted = (from, to) => {
      const places = letters.slice(from, to).filter((_, at) => words[from + at] !== " ").map(([text, at]) => {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect();
      });
      return Math.max(...places.map((one) => one.top)) >= Math.min(...places.map((one) => one.bottom));
    };
    for (const unit of words.matchAll(/\d ?(?:%|× 10+(?:,000)? [a-z]|10,000 [a-z]|percentage|points\b|t\b|head\b|[万亿](?=[吨元头只])|个?百分点)/g)) {
      if (parted(unit.index, unit.index + unit[0].length)) found.push(`parted ${words.slice(Math.max(0, unit.index - 6), unit.index + unit[0].length + 6)}: ${name(home)}`);
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

  // A card says what its table's head says: the label has the unit that stands in the head.
  for (const table of [...document.querySelectorAll("table.stacked")].filter(cards)) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    for (const cell of table.querySelectorAll("tbody td[data-label]")) {
      const row = [...cell.parentElement.cells];
      if (row.length !== heads.length || row.some((one) => one.colSpan > 1)) continue;
      const unit = heads[row.indexOf(cell)].querySelector(".unit-line");
      if (unit && unit.textContent && !(cell.dataset.unit && getComputedStyle(cell, "::before").content.includes(cell.dataset.unit))) found.push(`no unit ${cell.dataset.label}: ${name(cell)}`);
    }
  }

  // The unit behind a card's label stands on one line if it is no long one: a label is measured as a text.
  const labels = new Set();
  for (const cell of document.querySelectorAll("table.stacked td[data-label][data-unit]")) {
    if (!cards(cell.closest("table"))) continue;
    const said = `${cell.dataset.label} · ${cell.dataset.unit}`;
    const kind = `${said} ${Math.round(cell.clientWidth)}`;
    if (labels.has(kind) || cell.dataset.unit.length > 16 || !shown(cell)) continue;
    labels.add(kind);
    const { font, wordBreak, overflowWrap } = getComputedStyle(cell, "::before");
    const label = document.createElement("span");
    Object.assign(label.style, { display: "block", font, wordBreak, overflowWrap });
    label.textContent = said;
    cell.prepend(label);
    range.setStart(label.firstChild, said.length - cell.dataset.unit.length);
    range.setEnd(label.firstChild, said.length);
    const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top)));
    label.remove();
    if (lines.size > 1) found.push(`parted label ${said}: ${name(cell)}`);
  }

  // The name of a field is no column of single words beside a wide choice.
  for (const label of document.querySelectorAll("main .field label")) {
    if (!shown(label)) continue;
    const box = label.getBoundingClientRect();
    if (box.width < 100 && box.height > 3 * parseFloat(style(label).lineHeight)) found.push(`narrow name ${label.textContent.trim()}: ${Math.round(box.width)}`);
  }

  // A name on the map ends in no line of one character.
  for (const tile of document.querySelectorAll(".tile-name")) {
    if (!shown(tile)) continue;
    range.selectNodeContents(tile);
    const lines = new Map();
    for (const one of range.getClientRects()) lines.set(Math.round(one.top), Math.max(lines.get(Math.round(one.top)) || 0, one.width));
    if (lines.size > 1 && Math.min(...lines.values()) < 1.5 * parseFloat(style(tile).fontSize) && /[\u4e00-\u9fff]/.test(tile.textContent)) found.push(`lone ${tile.textContent}`);
  }

  // Type is not too small to be read: 8 pt on paper, 12 pixels on a screen. One of a kind speaks for all.
  const kinds = new Set();
  for (const place of document.querySelectorAll("main *:not(option, sup)")) {
    const kind = `${place.tagName} ${place.getAttribute("class")} ${place.parentElement.getAttribute("class")}`;
    if (kinds.has(kind) || ![...place.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim()) || !shown(place)) continue;
    kinds.add(kind);
    const chart = place.closest("svg.chart");
    const size = parseFloat(style(place).fontSize) * (chart ? chart.getBoundingClientRect().width / chart.viewBox.baseVal.width : 1);
    if (size < (paper ? 10.6 : 11.95)) found.push(`${size.toFixed(1)} pixels ${place.textContent.trim()}: ${name(place)}`);
  }

  // A cell is no column of single letters, and a tile of the map shows its figure.
  for (const cell of document.querySelectorAll("main :is(td, th)")) {
    range.selectNodeContents(cell);
    const box = range.getBoundingClientRect();
    if (box.width < 70 && box.height > 200 && shown(cell)) found.push(`narrow ${Math.round(box.width)} by ${Math.round(box.height)}: ${name(cell)}`);
  }
  for (const tile of document.querySelectorAll(".tile a")) {
    const [own, ...parts] = [tile, ...tile.children].map((one) => one.getBoundingClientRect());
    if (parts.some((part) => part.top < own.top || part.bottom > own.bottom || part.left < own.left || part.right > own.right)) found.push(`tile ${tile.textContent.trim()}`);
  }

  // A mark of one word stands on one line.
  for (const mark of document.querySelectorAll(".tag, .grade, .status")) {
    if (!/^[\u4e00-\u9fff]{2,5}$/.test(mark.textContent) || !shown(mark)) continue;
    if (mark.getBoundingClientRect().height > 2 * parseFloat(style(mark).fontSize)) found.push(`in two lines ${mark.textContent}: ${name(mark)}`);
  }

  // No text of a chart runs off the drawing, or up to another one: as far as its letters are inked.
  for (const chart of document.querySelectorAll("svg.chart")) {
    if (!shown(chart)) continue;
    const edge = chart.getBoundingClientRect();
    const scale = edge.width / chart.viewBox.baseVal.width;
    const drawn = [...chart.querySelectorAll("text")].filter(shown).map((text) => {
      pen.font = style(text).font;
      const [said, box, ink] = [text.lastChild.data, text.getBoundingClientRect(), pen.measureText(text.lastChild.data)];
      const line = edge.top + text.y.baseVal[0].value * scale;
      return { said, left: box.left, right: box.right, top: line - ink.actualBoundingBoxAscent * scale, bottom: line + ink.actualBoundingBoxDescent * scale };
    });
    drawn.forEach((one, place) => {
      if (one.left < edge.left - 1 || one.right > edge.right + 1) found.push(`cut ${one.said}: ${name(chart)}`);
      const touched = drawn.slice(place + 1).find((other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > -1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > -1);
      if (touched) found.push(`over one another ${one.said}, ${touched.said}: ${name(chart)}`);
    });
  }

  // What stands in a cell or a fact stays within it; a head has no line of one Chinese character.
  for (const cell of document.querySelectorAll("main :is(th, td, dd, .tag)")) {
    if (!shown(cell) || (cell.closest("thead") && cards(cell.closest("table")))) continue;
    range.selectNodeContents(cell);
    const [box, own] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
    if (box.width && (box.right > own.right + 1 || box.left < own.left - 1)) found.push(`runs over ${cell.textContent.trim()}: ${name(cell)}`);
  }
  for (const head of document.querySelectorAll("thead th, thead .unit-line")) {
    if (!shown(head)) continue;
    for (const text of [...head.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE && /^[\u4e00-\u9fff（）%/\u2060]+$/.test(one.data.trim()))) {
      range.selectNodeContents(text);
      const lines = new Map();
      for (const one of range.getClientRects()) lines.set(Math.round(one.top), one.width);
      if (lines.size > 1 && Math.min(...lines.values()) < 1.5 * parseFloat(style(head).fontSize)) found.push(`lone ${text.data.trim()}: ${name(head)}`);
    }
  }

  // Heads of numbers, entered ones too, stand at the right as they do.
  for (const table of document.querySelectorAll("table.figures")) {
    if (!table.tHead || !shown(table) || cards(table)) continue;
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    for (const cell of table.querySelectorAll("tbody td")) {
      const row = [...cell.parentElement.cells];
      if (row.length !== heads.length || row.some((one) => one.colSpan > 1 || one.rowSpan > 1)) continue;
      const head = heads[row.indexOf(cell)];
      const number = cell.querySelector("input[inputmode=decimal]") || (/^[-+]?[\d,.]+ ?%?$/.test(cell.textContent.trim()) && cell);
      if (number && head.tagName === "TH" && style(number).textAlign !== style(head).textAlign) found.push(`head ${head.textContent.trim()} not above its numbers: ${name(cell)}`);
    }
  }

  // A box of cautions or problems does not touch what stands above it.
  for (const told of document.querySelectorAll("main :is(.cautions, .problems)")) {
    const above = [...document.querySelectorAll("main :is(h1, .picker, .lead)")].filter((one) => shown(one) && one.compareDocumentPosition(told) & Node.DOCUMENT_POSITION_FOLLOWING);
    const gap = told.getBoundingClientRect().top - Math.max(...above.map((one) => one.getBoundingClientRect().bottom));
    if (shown(told) && above.length && gap < 6) found.push(`touched ${told.className}: ${Math.round(gap)}`);
  }

  // On a phone what is tapped is 24 pixels high and wide, but for links in sentences.
  for (const mark of width <= 400 && !paper ? document.querySelectorAll("a, button, summary, select, input:not([type=hidden])") : []) {
    if (!shown(mark) || mark.closest(".skip, svg, #api")) continue;
    const own = mark.getBoundingClientRect();
    const among = style(mark).display === "inline" && block(mark.firstChild || mark).textContent.trim() !== mark.textContent.trim();
    if (own.width && !among && (own.height < 23.9 || own.width < 23.9)) found.push(`small ${mark.tagName} ${(mark.textContent || mark.name).trim().slice(0, 30)}: ${Math.round(own.width)} by ${Math.round(own.height)}`);
  }

  // A line parts the rows of a table, also where a part of it begins.
  for (const row of document.querySelectorAll("table.figures tbody > tr:last-child")) {
    const [table, last] = [row.closest("table"), row.cells[row.cells.length - 1]];
    if (!shown(row) || row.parentElement === table.lastElementChild || cards(table)) continue;
    if (!parseFloat(style(last).borderBottomWidth)) found.push(`no line below ${row.innerText.trim()}: ${name(last)}`);
  }

  // On paper no heading stays of what only leads elsewhere.
  for (const part of paper ? document.querySelectorAll("main section") : []) {
    const ways = [...part.querySelectorAll("a, button, input, select")];
    const answers = [...part.querySelectorAll("table, dl, ol, svg, .note")];
    if (shown(part) && ways.length && ![...ways, ...answers].some(shown)) found.push(`only a heading: ${part.innerText.trim()}`);
  }

  const bar = document.querySelector(".bar-of-changes");
  if (bar && bar.getBoundingClientRect().height > innerHeight / 4) found.push(`bar ${Math.round(bar.getBoundingClientRect().height)} of ${innerHeight}`);
  return [...new Set(found)];
}
