// Whether the swatches of every legend look as what they stand for; run in the page.
() => {
  const found = [];
  const style = (place) => getComputedStyle(place);
  const look = (place) => [...place.classList].find((one) => one.startsWith("look-"));
  const drawn = (series) => {
    const path = series.querySelector("path");
    if (!path) return [style(series.querySelector("rect")).fill, "bar"];
    if (style(path).stroke === "none") return [style(path).fill, "bar"];
    return [style(path).stroke, style(path).strokeDasharray === "none" ? "solid" : "broken"];
  };
  const told = (swatch) => {
    const look = style(swatch);
    const line = parseFloat(look.borderTopWidth) > 0 && look.height === look.borderTopWidth;
    if (!line) return [look.backgroundColor, "bar"];
    return [look.borderTopColor, look.borderTopStyle === "solid" ? "solid" : "broken"];
  };
  for (const figure of document.querySelectorAll("figure:has(svg.chart):has(.legend)")) {
    const series = [...figure.querySelectorAll("svg.chart .series")];
    const swatches = [...figure.querySelectorAll(".legend .swatch")];
    const names = swatches.map((one) => look(one).replace("look-range", "look-low"));
    for (const one of series) {
      const swatch = swatches[names.indexOf(look(one))];
      if (!swatch) found.push(`${look(one)} stands in no legend`);
      else if (String(drawn(one)) !== String(told(swatch))) found.push(`${look(one)}: ${drawn(one)} in the chart, ${told(swatch)} in the legend`);
    }
    const missing = names.filter((name) => !series.some((one) => look(one) === name));
    if (missing.length) found.push(`not drawn: ${missing}`);
    // A series is seen unless all its points lie under those of a longer one that is drawn later.
    const points = series.map((one) => [...one.querySelectorAll(".dot")].map((dot) => `${dot.getAttribute("cx")} ${dot.getAttribute("cy")}`));
    points.forEach((own, place) => {
      const over = points.slice(place + 1).filter((other) => other.length > own.length);
      if (own.length && over.some((other) => own.every((point) => other.includes(point)))) found.push(`${look(series[place])} is hidden`);
    });
  }
  for (const part of ["base", "trend", "target"]) {
    const [bar, swatch] = [document.querySelector(`.bar .bar-${part}`), document.querySelector(`.swatch.look-bar-${part}`)];
    const colour = swatch && (style(swatch).backgroundColor === "rgb(255, 255, 255)" ? style(swatch).borderTopColor : style(swatch).backgroundColor);
    if (bar && colour !== style(bar).fill) found.push(`bar-${part}: ${style(bar).fill} drawn, ${colour} in the legend`);
  }
  return [...new Set(found)];
}
