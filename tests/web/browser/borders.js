// Which fields and units run over the border of what they are in, and whether the page runs off the window; run in the page.
() => {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`window ${document.documentElement.scrollWidth} > ${width}`);
  for (const field of document.querySelectorAll("main .field :is(input, select, .unit)")) {
    const frame = field.closest(".inline-fields, .inputs, .card, .panel");
    if (!frame || !field.checkVisibility()) continue;
    const [own, edge] = [field, frame].map((one) => Math.round(one.getBoundingClientRect().right));
    if (own > edge) found.push(`beyond its border ${field.name || field.textContent}: ${own} > ${edge}`);
  }
  return found;
}
