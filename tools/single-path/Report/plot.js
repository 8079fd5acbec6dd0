// Pictures of series.

/** An element of HTML. Text is never read as markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An element of SVG. */
function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// MARK: Axes

/** From a range of values to pixels. */
class Axis {
  constructor([least, most], [start, end], isLogarithmic, tickCount) {
    const place = isLogarithmic ? Math.log10 : value => value;
    let [low, high] = [place(least), place(most)];
    if (low === high) {
      const margin = Math.max(Math.abs(low), 1e-300) / 2;
      [low, high] = [low - margin, high + margin];
    }
    Object.assign(this, {low, high, start, end, isLogarithmic, tickCount, place});
  }

  pixel(value) {
    return this.start + (this.place(value) - this.low) / (this.high - this.low) * (this.end - this.start);
  }

  value(pixel) {
    const place = this.low + (pixel - this.start) / (this.end - this.start) * (this.high - this.low);
    return this.isLogarithmic ? 10 ** place : place;
  }

  /** A pixel on the axis, also for a value beyond its ends. */
  clampedPixel(value) {
    const pixel = this.pixel(value);
    const [least, most] = [Math.min(this.start, this.end), Math.max(this.start, this.end)];
    return Number.isNaN(pixel) ? this.start : Math.min(most, Math.max(least, pixel));
  }

  contains(value) {
    const place = this.place(value);
    return place >= this.low && place <= this.high;
  }

  /** Round values on the axis, with their texts. */
  ticks() {
    let values = [];
    if (this.isLogarithmic) {
      const step = Math.max(1, Math.round((this.high - this.low) / this.tickCount));
      values = multiples(step, this.low, this.high).map(power => 10 ** power);
    }
    if (values.length < 2) values = round(this.value(this.start), this.value(this.end), this.tickCount);
    const gap = values.length > 1 ? Math.abs(values[1] - values[0]) : Math.abs(values[0]);
    const ticks = values.map(value => ({value, text: this.isLogarithmic ? powerText(value) : precise(value, gap, 2)}));
    if (this.limit === null || this.limit === undefined) return ticks;
    return [{value: this.limit, text: '0'}, ...ticks.filter(({value}) => value >= this.least * 0.999)];
  }
}

/** A power of ten as 10⁻⁵ where it has many digits. */
function powerText(value) {
  const exponent = Math.round(Math.log10(value));
  const isPower = Math.abs(value / 10 ** exponent - 1) < 1e-9;
  if (!isPower || (exponent > -4 && exponent < 5)) return short(value, 3);
  return '10' + String(exponent).replace(/[-0-9]/g, digit => digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]);
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function round(least, most, tickCount) {
  const [low, high] = [Math.min(least, most), Math.max(least, most)];
  const rough = (high - low) / tickCount;
  const power = 10 ** Math.floor(Math.log10(rough));
  return multiples([1, 2, 5, 10].map(step => step * power).find(step => step >= rough) ?? power, low, high);
}

function multiples(step, low, high) {
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  const values = [];
  for (let k = first; k <= last && values.length < 20; k++) values.push(k * step);
  return values;
}

function extent(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}

// MARK: A series where it is drawn

/**
 * Where samples at x = 0 are drawn on a logarithmic axis: left of all others, apart from them. Null where there
 * are none.
 */
function limitPlace({least, most, hasLimit}) {
  return hasLimit ? least / 10 ** Math.max(0.3, 0.15 * Math.log10(most / least)) : null;
}

/**
 * The samples, the curve and their ranges.
 *
 * `common` has the ranges of all series, where all have the same axes.
 */
function drawing(series, steps, common = null) {
  const {x, y, weights} = samples(series);
  const isLimit = x.map(value => report.logX && value === 0);
  const [least, most] = extent(x.filter((_, t) => !isLimit[t]));
  const ranges = common ?? {least, most, hasLimit: isLimit.includes(true)};
  const limit = limitPlace(ranges);
  const places = x.map((value, t) => isLimit[t] ? limit : value);
  const fitted = curve(series);
  const line = [];
  if (fitted) {
    const axis = new Axis([least, most], [0, steps], report.logX);
    for (let step = 0; step <= steps; step++) line.push([axis.value(step), fitted.at(axis.value(step))]);
  }
  const isHollow = x.map((_, t) => isLimit[t] || weights[t] === 0);
  // Of a diverged path, ŷ may be infinite.
  const heights = line.map(([, value]) => value).filter(Number.isFinite);
  return {x, y, weights, places, isHollow, fitted, line, limit, least, most,
    hasLimit: isLimit.includes(true), yRange: extent([...y, ...heights])};
}

/** The ranges of all series, for panels with the same axes. */
let wholeRanges = null;
function commonRanges() {
  if (wholeRanges) return wholeRanges;
  const whole = {least: Infinity, most: -Infinity, hasLimit: false, yRange: [Infinity, -Infinity]};
  const ofLists = Array.from({length: xLists.starts.length - 1}, (_, list) => {
    const x = xLists.at(list);
    const hasLimit = report.logX && x.includes(0);
    const [least, most] = extent(hasLimit ? x.filter(value => value !== 0) : x);
    return {least, most, hasLimit};
  });
  for (let series = 0; series < count; series++) {
    const {least, most, hasLimit} = ofLists[xOf[series]];
    whole.least = Math.min(whole.least, least);
    whole.most = Math.max(whole.most, most);
    whole.hasLimit ||= hasLimit;
    // A curve is monotone: its ends are its extremes.
    const fitted = curve(series);
    const ends = fitted ? [fitted.at(least), fitted.at(most)].filter(Number.isFinite) : [];
    const [low, high] = extent([...yLists.at(series), ...ends]);
    whole.yRange = [Math.min(whole.yRange[0], low), Math.max(whole.yRange[1], high)];
  }
  wholeRanges = whole;
  return whole;
}

const path = points => points.map(([x, y], k) => `${k ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

/**
 * The picture of a series: data, curve, the midpoint and its interval; with `residuals` a second plot below.
 *
 * `size` has width, height and the margins top, right, bottom, left of the plot.
 */
function picture(series, size, {ranges, residuals = 0, titles = false, ticks = [3, 3]} = {}) {
  const drawn = drawing(series, Math.ceil((size.width - size.left - size.right) / 2), ranges);
  const {least, most, yRange} = ranges ?? drawn;
  const bottom = size.height - size.bottom - residuals;
  const right = size.width - size.right;
  const x = new Axis([drawn.limit ?? least, most], [size.left + 4, right - 4], report.logX, ticks[0]);
  x.limit = drawn.limit;
  x.least = least;
  const padding = Math.min(6, (bottom - size.top) / 20);
  const y = new Axis(yRange, [bottom - padding, size.top + padding], false, ticks[1]);
  const root = shape('svg', {
    viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height,
    class: `plot ${tone(verdictOf[series])}`, 'aria-hidden': 'true',
  });
  addFrame(root, x, y, size, bottom, residuals === 0);
  if (midpoint) root.append(...midpointMarks(series, x, size.top, bottom));
  root.append(...points(drawn, drawn.y, x, y));
  if (drawn.fitted) root.append(shape('path', {class: 'curve', d: curvePath(drawn, x, y)}));
  if (residuals) addResiduals(root, drawn, x, size, bottom + 34);
  if (titles) addTitles(root, size, bottom, residuals);
  root.plot = {series, drawn, x, y, top: size.top, bottom: size.height - size.bottom};
  return root;
}

/** The curve over the data, and a piece of its plateau at x = 0 on a logarithmic axis. */
function curvePath({line, limit, fitted, hasLimit}, x, y) {
  const places = line.filter(([, value]) => Number.isFinite(value))
    .map(([at, value]) => [x.pixel(at), y.pixel(value)]);
  if (!hasLimit) return path(places);
  const [at, height] = [x.pixel(limit), y.pixel(fitted.at(0))];
  return path([[at - 4, height], [at + 4, height]]) + path(places);
}

/** Lines at round values, their numbers, and the edges. A gap parts x = 0 from a logarithmic axis. */
function addFrame(root, x, y, size, bottom, hasNumbers) {
  const right = size.width - size.right;
  for (const {value, text} of x.ticks()) {
    const at = x.pixel(value).toFixed(1);
    root.append(shape('path', {class: 'grid', d: `M${at} ${size.top}V${bottom}`}));
    if (hasNumbers) root.append(shape('text', {x: at, y: bottom + 13, 'text-anchor': 'middle'}, text));
  }
  for (const {value, text} of y.ticks()) {
    const at = y.pixel(value);
    root.append(shape('path', {class: 'grid', d: `M${size.left} ${at.toFixed(1)}H${right}`}));
    root.append(shape('text', {x: size.left - 5, y: (at + 3.5).toFixed(1), 'text-anchor': 'end'}, text));
  }
  root.append(shape('path', {class: 'edge', d: `M${size.left} ${size.top}V${bottom}H${right}`}));
  if (x.limit !== null) {
    const at = (x.pixel(x.limit) + x.pixel(x.least)) / 2;
    root.append(shape('path', {class: 'gap', d: `M${at - 3} ${bottom}h6`}),
      shape('path', {class: 'edge', d: `M${at - 5} ${bottom + 4}l4 -8m2 8l4 -8`}));
  }
}

/** A band for the interval of the midpoint and a dashed line at its value, as far as they are on the axis. */
function midpointMarks(series, x, top, bottom) {
  const value = midpoint.value(series);
  if (Number.isNaN(value)) return [];
  const [low, high] = [midpoint.low(series), midpoint.high(series)].map(end => x.clampedPixel(end));
  const marks = [shape('rect', {
    class: 'interval', x: low.toFixed(1), y: top, width: Math.max(0, high - low).toFixed(1), height: bottom - top,
  })];
  if (x.contains(value)) {
    const at = x.pixel(value).toFixed(1);
    marks.push(shape('path', {class: 'midpoint', d: `M${at} ${top}V${bottom}`}));
  }
  return marks;
}

/** Dots for samples; those without weight, or with no place of their own on the axis, are hollow. */
function points(drawn, values, x, y) {
  let dots = '';
  const hollow = [];
  drawn.places.forEach((place, t) => {
    const [across, down] = [x.pixel(place).toFixed(1), y.pixel(values[t]).toFixed(1)];
    if (drawn.isHollow[t]) hollow.push(shape('circle', {class: 'hollow', cx: across, cy: down, r: 2.4}));
    else dots += `M${across} ${down}h0`;
  });
  return [shape('path', {class: 'points', d: dots}), ...hollow];
}

/** y − ŷ over x. */
function addResiduals(root, drawn, x, size, top) {
  const bottom = size.height - size.bottom;
  const differences = drawn.x.map((at, t) => drawn.y[t] - (drawn.fitted?.at(at) ?? NaN));
  const largest = Math.max(...extent(differences).map(Math.abs)) || 1;
  const y = new Axis([-1.15 * largest, 1.15 * largest], [bottom, top], false, 5);
  addFrame(root, x, y, {...size, top}, bottom, true);
  root.append(shape('path', {class: 'zero', d: `M${size.left} ${y.pixel(0)}H${size.width - size.right}`}));
  if (drawn.fitted) {
    let stems = '';
    drawn.places.forEach((place, t) => {
      stems += `M${x.pixel(place).toFixed(1)} ${y.pixel(0).toFixed(1)}V${y.pixel(differences[t]).toFixed(1)}`;
    });
    root.append(shape('path', {class: 'stems', d: stems}), ...points(drawn, differences, x, y));
  }
}

function addTitles(root, size, bottom, residuals) {
  const [, xName, yName] = report.columns;
  const upright = (text, middle) => shape('text', {
    class: 'axis-title', 'text-anchor': 'middle', transform: `translate(14 ${middle}) rotate(-90)`,
  }, text);
  root.append(
    shape('text', {
      class: 'axis-title', 'text-anchor': 'middle', x: (size.left + size.width - size.right) / 2, y: size.height - 6,
    }, shortened(xName + (report.logX ? ' (logarithmic)' : ''), 80)),
    upright(shortened(yName, 40), (size.top + bottom) / 2));
  if (residuals) root.append(upright('y − ŷ', size.height - size.bottom - (residuals - 34) / 2));
}

const shortened = (text, limit) => text.length > limit ? text.slice(0, limit - 1) + '…' : text;

// MARK: Reading a picture

/** Marks the sample next to a place of the picture and tells it. */
function read(root, event) {
  const {drawn, x, y, top, bottom} = root.plot;
  const box = root.getBoundingClientRect();
  const scale = root.viewBox.baseVal.width / box.width;
  const [across, down] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
  let [best, least] = [-1, Infinity];
  drawn.places.forEach((place, t) => {
    // Nearness across counts: samples of one x are told apart by their height.
    const distance = 4 * (x.pixel(place) - across) ** 2 + (y.pixel(drawn.y[t]) - down) ** 2;
    if (distance < least) [best, least] = [t, distance];
  });
  if (best < 0) return '';
  const at = x.pixel(drawn.places[best]);
  root.querySelector('.pointer')?.remove();
  root.append(shape('g', {class: 'pointer'},
    shape('path', {d: `M${at.toFixed(1)} ${top}V${bottom}`}),
    shape('circle', {cx: at.toFixed(1), cy: y.pixel(drawn.y[best]).toFixed(1), r: 4})));
  const texts = [`x ${valueText(drawn.x[best], [drawn.least, drawn.most])}`, `y ${valueText(drawn.y[best], drawn.yRange)}`];
  if (drawn.fitted) texts.push(`ŷ ${valueText(drawn.fitted.at(drawn.x[best]), drawn.yRange)}`);
  return texts.join('   ');
}

/** A sample's number: six digits, or more where its range is small compared with it. */
const valueText = (value, [least, most]) => precise(value, (most - least) / 1000, 6);

function stopReading(root) { root.querySelector('.pointer')?.remove(); }

/** The text of a picture as a file of its own, in light colours. */
function svgText(root) {
  const copy = root.cloneNode(true);
  copy.querySelector('.pointer')?.remove();
  const theme = document.documentElement.style.colorScheme;
  document.documentElement.style.colorScheme = 'light';
  const parts = [root, ...root.querySelectorAll('*:not(.pointer, .pointer *)')];
  [copy, ...copy.querySelectorAll('*')].forEach((part, k) => {
    const style = getComputedStyle(parts[k]);
    const names = part.tagName === 'text' ? ['fill', 'font-family', 'font-size', 'font-weight']
      : ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap'];
    if (part !== copy) for (const name of names) part.setAttribute(name, style.getPropertyValue(name));
    part.removeAttribute('class');
  });
  document.documentElement.style.colorScheme = theme;
  copy.removeAttribute('aria-hidden');
  copy.prepend(shape('rect', {width: '100%', height: '100%', fill: '#fff'}));
  return new XMLSerializer().serializeToString(copy);
}
