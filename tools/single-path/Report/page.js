// The page: which series are shown, in which order, and how.

const $ = id => document.getElementById(id);

/** No more panels than this exist at once. */
const panelLimit = 300;

const state = {
  verdicts: new Set(), text: '', sort: 'file', isDescending: false, view: 'panels', sameAxes: false,
  colour: midpoint ?? columns[0],
};

/** The series that are shown, in their order. */
let order = [];

// MARK: Choosing and sorting

const lowerNames = report.names.map(name => name.toLowerCase());

const sortKeys = [
  {key: 'file', title: 'place in the file'},
  {key: 'name', title: 'name'},
  {key: 'verdict', title: 'verdict'},
  {key: 'points', title: 'points', value: pointCount},
  ...columns.map(column => ({key: column.key, title: column.title, value: series => column.value(series)})),
];

let nameRanks = null;
/** Places of the series by name: A2 before A10. */
function nameRank(series) {
  if (!nameRanks) {
    const collator = new Intl.Collator(language, {numeric: true});
    nameRanks = new Uint32Array(count);
    [...report.names.keys()].sort((a, b) => collator.compare(report.names[a], report.names[b]))
      .forEach((series, rank) => { nameRanks[series] = rank; });
  }
  return nameRanks[series];
}

function choose() {
  const text = state.text.toLowerCase();
  order = [];
  for (let series = 0; series < count; series++) {
    if (state.verdicts.size && !state.verdicts.has(verdictOf[series])) continue;
    if (text && !lowerNames[series].includes(text)) continue;
    order.push(series);
  }
  if (state.sort === 'file') {
    if (state.isDescending) order.reverse();
    return;
  }
  const value = {name: nameRank, verdict: series => verdictOf[series]}[state.sort]
    ?? sortKeys.find(({key}) => key === state.sort).value;
  const keys = new Float64Array(count);
  for (const series of order) keys[series] = value(series);
  const sign = state.isDescending ? -1 : 1;
  order.sort((a, b) => {
    // Series without a value come last, in either direction.
    const [aIsOpen, bIsOpen] = [Number.isNaN(keys[a]), Number.isNaN(keys[b])];
    if (aIsOpen || bIsOpen) return aIsOpen - bIsOpen || a - b;
    return sign * (keys[a] - keys[b]) || a - b;
  });
}

/** Chooses anew and shows what changed. */
function update() {
  choose();
  $('status').textContent = order.length === count ? `${whole(count)} series`
    : `${whole(order.length)} of ${whole(count)} series`;
  $('nothing').hidden = order.length > 0;
  window.scrollTo(0, 0);
  focused = 0;
  show();
}

function show() {
  for (const view of ['panels', 'table', 'plate']) $(view).hidden = view !== state.view;
  for (const button of document.querySelectorAll('[data-view]')) {
    button.setAttribute('aria-pressed', button.dataset.view === state.view);
  }
  $('same-axes').hidden = state.view !== 'panels';
  panels.clear();
  if (state.view === 'panels') panels.show();
  if (state.view === 'table') table.show();
  if (state.view === 'plate') plate.show();
}

/** The part of a tall element that is in view: pixels from its top. */
function viewOf(parent) {
  const top = -parent.getBoundingClientRect().top;
  return [top, top + window.innerHeight];
}

// MARK: Panels

/** The place in `order` that the keyboard is at. */
let focused = 0;

const panels = {
  shown: new Map(),

  layout() {
    const gap = 10;
    const width = $('panels').clientWidth;
    // A few series are drawn larger.
    const wanted = order.length > 24 ? Infinity : Math.max(4, Math.ceil(Math.sqrt(1.6 * order.length)));
    let columns = Math.max(1, Math.min(Math.floor((width + gap) / (225 + gap)), wanted));
    for (;; columns--) {
      const panelWidth = Math.floor((width - gap * (columns - 1)) / columns);
      const height = Math.round(Math.min(panelWidth * 0.62, 300)) + 52;
      const rows = Math.ceil(window.innerHeight / (height + gap)) + 3;
      // One panel more may be that which has the focus.
      if (columns === 1 || columns * rows < panelLimit) return {gap, columns, width: panelWidth, height, rows};
    }
  },

  show() {
    const parent = $('panels');
    const {gap, columns, width, height, rows} = this.layout();
    const step = height + gap;
    parent.style.height = `${Math.ceil(order.length / columns) * step}px`;
    const first = Math.max(0, Math.floor(viewOf(parent)[0] / step) - 1) * columns;
    const last = Math.min(order.length, first + rows * columns);
    const size = {width, height: height - 52, top: 6, right: 8, bottom: 18, left: 44};
    const hasFocus = parent.contains(document.activeElement);
    const kept = new Set();
    for (let place = first; place < last; place++) kept.add(place);
    if (hasFocus) kept.add(focused);
    for (const [place, panel] of this.shown) {
      if (kept.has(place) && panel.series === order[place] && panel.width === width) continue;
      panel.remove();
      this.shown.delete(place);
    }
    for (const place of kept) {
      let panel = this.shown.get(place);
      if (!panel && place < order.length) {
        panel = this.panel(place, size);
        this.shown.set(place, panel);
        parent.append(panel);
      }
      if (!panel) continue;
      panel.style.transform =
        `translate(${(place % columns) * (width + gap)}px, ${Math.floor(place / columns) * step}px)`;
      panel.firstChild.tabIndex = place === focused ? 0 : -1;
    }
    // The keyboard enters at a panel that exists.
    if (!hasFocus && !kept.has(focused) && first < last) {
      focused = first;
      this.shown.get(first).firstChild.tabIndex = 0;
    }
  },

  panel(place, size) {
    const series = order[place];
    const shown = sortColumn() ?? midpoint ?? columns[0];
    const isOpen = Number.isNaN(shown.value(series)) && !shown.bound(series);
    const button = element('button', {class: 'panel', 'aria-label': spoken(series)},
      element('span', {class: 'name'}, report.names[series] || '(no name)'), badge(series),
      picture(series, size, {ranges: state.sameAxes ? commonRanges() : null}),
      element('span', {class: 'fact', title: reason(series)}, isOpen && reason(series) || `${shown.title} ${estimate(shown, series)}`));
    const item = element('div', {role: 'listitem', class: 'place', 'aria-posinset': place + 1, 'aria-setsize': order.length});
    item.style.width = `${size.width}px`;
    item.style.height = `${size.height + 52}px`;
    item.append(button);
    Object.assign(item, {series, place, width: size.width});
    return item;
  },

  clear() {
    $('panels').replaceChildren();
    this.shown.clear();
  },

  /** Moves the keyboard to another panel. */
  focus(place) {
    const {gap, columns, height} = this.layout();
    focused = Math.min(order.length - 1, Math.max(0, place));
    const top = Math.floor(focused / columns) * (height + gap) + $('panels').getBoundingClientRect().top;
    const covered = $('tools').getBoundingClientRect().bottom + gap;
    if (top < covered) window.scrollBy(0, top - covered);
    if (top + height > window.innerHeight) window.scrollBy(0, top + height - window.innerHeight + gap);
    this.show();
    this.shown.get(focused)?.firstChild.focus({preventScroll: true});
    this.show();
  },
};

const sortColumn = () => columns.find(column => column.key === state.sort);

/** The word of a verdict, with its colour. */
function badge(series) {
  return element('span', {class: `badge ${tone(verdictOf[series])}`}, verdictName(series));
}

/** A series in words, for a screen reader. */
function spoken(series) {
  const parts = [report.names[series] || 'no name', verdictName(series)];
  const shown = sortColumn() ?? midpoint;
  if (shown) parts.push(`${shown.title} ${estimate(shown, series).replace('±', 'plus or minus')}`);
  if (reason(series)) parts.push(reason(series));
  return parts.join(', ');
}

// MARK: Table

const table = {
  rowHeight: 30,

  heads: [
    {key: 'name', title: report.columns[0]},
    {key: 'verdict', title: 'verdict'},
    {key: 'points', title: 'points'},
    ...columns.map(({key, title}) => ({key, title})),
  ],

  show() {
    const parent = $('table');
    if (!parent.firstChild) this.build(parent);
    for (const head of parent.querySelectorAll('th')) {
      const isSorted = head.dataset.key === state.sort;
      head.setAttribute('aria-sort', !isSorted ? 'none' : state.isDescending ? 'descending' : 'ascending');
    }
    parent.firstChild.setAttribute('aria-rowcount', order.length + 1);
    this.draw(true);
  },

  build(parent) {
    const heads = this.heads.map(({key, title}) => element('th', {scope: 'col', 'data-key': key},
      element('button', {'data-sort': key}, title)));
    parent.append(element('table', {},
      element('caption', {class: 'unseen'}, 'Facts of the curves'),
      element('thead', {}, element('tr', {'aria-rowindex': 1}, ...heads)), element('tbody')));
  },

  /** The rows in view, between two empty ones as high as the others. */
  draw(isNew = false) {
    const body = $('table').querySelector('tbody');
    const first = Math.max(0, Math.floor(viewOf(body)[0] / this.rowHeight) - 10);
    const last = Math.min(order.length, first + Math.ceil(window.innerHeight / this.rowHeight) + 20);
    const hasFocus = body.contains(document.activeElement);
    if (!isNew && (this.first === first && this.last === last)) return;
    Object.assign(this, {first, last});
    const place = hasFocus ? Number(document.activeElement.dataset.place) : -1;
    const space = height => {
      const cell = element('td', {colspan: this.heads.length, class: 'space'});
      cell.style.height = `${height}px`;
      return element('tr', {'aria-hidden': 'true'}, cell);
    };
    const rows = [];
    for (let k = first; k < last; k++) rows.push(this.row(k));
    body.replaceChildren(space(first * this.rowHeight), ...rows, space((order.length - last) * this.rowHeight));
    if (place >= 0) body.querySelector(`[data-place="${place}"]`)?.focus({preventScroll: true});
  },

  row(place) {
    const series = order[place];
    const cells = columns.map(column => element('td', {class: 'number'}, estimate(column, series)));
    return element('tr', {'aria-rowindex': place + 2},
      element('th', {scope: 'row'}, element('button', {'data-place': place}, report.names[series] || '(no name)')),
      element('td', {title: reason(series)}, badge(series)),
      element('td', {class: 'number'}, whole(pointCount(series))), ...cells);
  },
};

/** All rows that are shown, as text that a spreadsheet takes. */
function tableText() {
  const heads = ['', ' standard error', ' low', ' high'];
  const header = [report.columns[0], 'points'];
  for (const {title, hasInterval} of columns) {
    header.push(...hasInterval ? heads.map(head => title + head) : [title]);
  }
  const number = value => Number.isFinite(value) ? localized(String(Number(value.toPrecision(10)))) : '';
  const single = value => Number.isFinite(value) ? localized(String(Number(value.toPrecision(7)))) : '';
  const rows = order.map(series => {
    const row = [cell(report.names[series]), String(pointCount(series))];
    for (const column of columns) {
      if (!column.hasInterval) row.push(single(column.value(series)));
      else row.push(...[column.value(series), column.error(series), column.low(series), column.high(series)].map(number));
    }
    return [...row, verdictName(series), cell(reason(series))];
  });
  return [[...header.map(cell), 'verdict', 'reasons'], ...rows].map(row => row.join('\t') + '\n').join('');
}

/** Text that is one cell, and no formula. */
function cell(text) {
  const line = text.replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Where a page from a file may not write the clipboard itself.
    const area = element('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

// MARK: Plate

/** Wells by plate: names such as B7, or "plate 2 B07"; null if the series are none. */
function findPlates() {
  const found = new Map();
  const sizes = [[8, 12], [16, 24], [32, 48]];
  let [rows, across] = [0, 0];
  for (let series = 0; series < count; series++) {
    const match = /^(?:(.*?)[\s,;:_/|-]+)?([A-Z]|A[A-F])0?([1-9][0-9]?)$/.exec(report.names[series].trim());
    if (!match) return null;
    const row = match[2].length === 1 ? match[2].charCodeAt(0) - 65 : 26 + match[2].charCodeAt(1) - 65;
    const column = Number(match[3]) - 1;
    const wells = found.get(match[1] ?? '') ?? new Map();
    if (wells.has(`${row} ${column}`)) return null;
    wells.set(`${row} ${column}`, series);
    found.set(match[1] ?? '', wells);
    [rows, across] = [Math.max(rows, row + 1), Math.max(across, column + 1)];
  }
  const size = sizes.find(([r, c]) => rows <= r && across <= c);
  // A few names such as T1 and T2 are no plate.
  if (!size || count < found.size * size[0] * size[1] / 12) return null;
  return {plates: found, rows: size[0], columns: size[1]};
}

const found = findPlates();

/** Viridis (van der Walt and Smith): even steps of colour, also for the colour-blind. */
const viridis = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99],
  [170, 220, 50], [253, 231, 37],
];

function colourAt(share) {
  const place = Math.min(1, Math.max(0, share)) * (viridis.length - 1);
  const k = Math.min(viridis.length - 2, Math.floor(place));
  return viridis[k].map((part, c) => Math.round(part + (viridis[k + 1][c] - part) * (place - k)));
}

const rowName = row => row < 26 ? String.fromCharCode(65 + row) : 'A' + String.fromCharCode(39 + row);

const plate = {
  name: found ? [...found.plates.keys()][0] : '',
  well: [0, 0],

  show() {
    const wells = found.plates.get(this.name);
    const scale = this.scaleOf(state.colour);
    this.legend(scale);
    const chosen = new Set(order);
    const grid = $('wells');
    const hasCurves = found.rows === 8;
    grid.className = `rows${found.rows}`;
    grid.style.gridTemplateColumns = `auto repeat(${found.columns}, minmax(0, 1fr))`;
    grid.setAttribute('aria-label', `Wells, coloured by ${state.colour.title}`);
    const heads = element('div', {role: 'row'}, element('span', {role: 'columnheader'}));
    for (let c = 0; c < found.columns; c++) heads.append(element('span', {role: 'columnheader', class: 'head'}, String(c + 1)));
    const rows = [heads];
    for (let r = 0; r < found.rows; r++) {
      const row = element('div', {role: 'row'}, element('span', {role: 'rowheader', class: 'head'}, rowName(r)));
      for (let c = 0; c < found.columns; c++) {
        row.append(element('span', {role: 'gridcell'}, this.button(wells.get(`${r} ${c}`), r, c, scale, chosen, hasCurves)));
      }
      rows.push(row);
    }
    grid.replaceChildren(...rows);
    this.enter();
  },

  button(series, r, c, scale, chosen, hasCurves) {
    const name = rowName(r) + (c + 1);
    const button = element('button', {class: 'well', 'data-well': `${r} ${c}`, tabindex: -1});
    if (series === undefined) {
      button.classList.add('empty');
      button.setAttribute('aria-label', `${name}, no series`);
      return button;
    }
    const text = estimate(state.colour, series);
    button.series = series;
    button.setAttribute('aria-label', `${name}, ${state.colour.title} ${text}, ${verdictName(series)}`);
    button.title = `${report.names[series]}: ${state.colour.title} ${text}, ${verdictName(series)}`;
    const value = state.colour.value(series);
    if (Number.isNaN(value)) {
      button.classList.add('open');
    } else {
      const [red, green, blue] = colourAt(scale.share(value));
      button.style.backgroundColor = `rgb(${red} ${green} ${blue})`;
      button.classList.add(0.299 * red + 0.587 * green + 0.114 * blue > 140 ? 'bright' : 'deep');
    }
    if (!chosen.has(series)) button.classList.add('other');
    if (hasCurves) button.append(this.sketch(series));
    return button;
  },

  /** The curve of a well alone. */
  sketch(series) {
    const {line} = drawing(series, 30);
    const {least, most, yRange} = commonRanges();
    const x = new Axis([least, most], [6, 94], report.logX, 1);
    const y = new Axis(yRange, [52, 8], false, 1);
    return shape('svg', {viewBox: '0 0 100 60', 'aria-hidden': 'true'},
      shape('path', {d: path(line.map(([at, value]) => [x.pixel(at), y.pixel(value)]))}));
  },

  /** From values of a fact to shares of the scale: between the outer fiftieths, so that one well does not hide the others. */
  scaleOf(column) {
    const values = Array.from(column.values).filter(Number.isFinite).sort((a, b) => a - b);
    const at = share => values[Math.round(share * (values.length - 1))];
    const isClipped = values.length > 50;
    const [low, high] = isClipped ? [at(0.02), at(0.98)] : [values[0], values[values.length - 1]];
    const isLogarithmic = low > 0 && high / low > 50;
    const placed = isLogarithmic ? Math.log : value => value;
    return {
      low, high, isBelow: values[0] < low, isAbove: values[values.length - 1] > high, isLogarithmic,
      share: value => high > low ? (placed(value) - placed(low)) / (placed(high) - placed(low)) : 0.5,
    };
  },

  legend({low, high, isBelow, isAbove, isLogarithmic}) {
    if (low === undefined) {
      $('scale').replaceChildren('no series has it');
      return;
    }
    const bar = element('span', {class: 'bar', role: 'img', 'aria-label': 'from dark blue to yellow'});
    const stops = viridis.map(([red, green, blue]) => `rgb(${red} ${green} ${blue})`);
    bar.style.backgroundImage = `linear-gradient(to right, ${stops.join(', ')})`;
    $('scale').replaceChildren(
      `${isBelow ? '≤ ' : ''}${short(low, 4)}`, bar, `${isAbove ? '≥ ' : ''}${short(high, 4)}`,
      element('span', {class: 'quiet'}, isLogarithmic ? ' logarithmic' : ''),
      element('span', {class: 'well open sample', 'aria-hidden': 'true'}), 'not determined');
  },

  /** One well can be reached by the keyboard, the others from there. */
  enter() {
    const [r, c] = this.well;
    const button = $('wells').querySelector(`[data-well="${r} ${c}"]`) ?? $('wells').querySelector('.well');
    for (const other of $('wells').querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    button.tabIndex = 0;
    return button;
  },

  move(down, across) {
    const [r, c] = this.well;
    this.well = [Math.min(found.rows - 1, Math.max(0, r + down)), Math.min(found.columns - 1, Math.max(0, c + across))];
    this.enter().focus();
  },
};

// MARK: One series

const detail = {
  series: 0,

  open(series) {
    this.series = series;
    this.fill();
    if (!$('detail').open) $('detail').showModal();
  },

  /** The series before or after, as the page shows them. */
  step(by) {
    const place = order.indexOf(this.series) + by;
    if (place < 0 || place >= order.length) return;
    focused = place;
    this.open(order[place]);
  },

  fill() {
    const series = this.series;
    const place = order.indexOf(series);
    $('detail-name').textContent = report.names[series] || '(no name)';
    $('detail-place').textContent = place < 0 ? '' : `${whole(place + 1)} of ${whole(order.length)}`;
    $('previous').disabled = place <= 0;
    $('next').disabled = place < 0 || place >= order.length - 1;
    $('detail-verdict').replaceChildren(badge(series), ` ${reason(series)}`);
    const size = {width: 720, height: 520, top: 12, right: 16, bottom: 46, left: 72};
    const plot = picture(series, size, {residuals: 150, titles: true, ticks: [6, 5]});
    $('detail-plot').replaceChildren(plot);
    $('detail-reading').textContent = 'Point at the picture to read x, y and ŷ.';
    $('detail-numbers').replaceChildren(this.factTable(), this.otherNumbers(), this.parameters(), this.sampleTable());
    $('detail-numbers').scrollTop = 0;
  },

  factTable() {
    const series = this.series;
    if (!facts.length) return '';
    const rows = facts.map(fact => {
      const [value, error = ''] = estimate(fact, series).split(' ± ');
      return element('tr', {}, element('th', {scope: 'row'}, fact.title),
        ...[value, error, interval(fact, series)].map(text => element('td', {}, text)));
    });
    return tableOf('Facts', ['', 'value', 'standard error', '95 % interval'], rows, 'facts');
  },

  otherNumbers() {
    const series = this.series;
    const list = element('dl', {id: 'others'}, element('div', {}, element('dt', {}, 'points'), element('dd', {}, whole(pointCount(series)))));
    for (const column of columns) {
      if (column.hasInterval) continue;
      list.append(element('div', {}, element('dt', {}, column.title), element('dd', {}, short(column.value(series)))));
    }
    return list;
  },

  /** θ and b, and between which scalings they stand. */
  parameters() {
    const fitted = curve(this.series);
    if (!fitted) return '';
    const {weights, biases, xOffset, xScale, yOffset, yScale} = fitted;
    const rows = weights.map((weight, l) => element('tr', {},
      element('th', {scope: 'row'}, String(l + 1)), element('td', {}, short(weight, 7)),
      hasBiases ? element('td', {}, short(biases[l], 7)) : ''));
    const {hidden, output, cost, method} = report.shape;
    const x = report.logX ? 'log₁₀ x' : 'x';
    const less = `${xOffset < 0 ? '+' : '−'} ${short(Math.abs(xOffset), 7)}`;
    return element('details', {open: ''}, element('summary', {}, 'Weights of the path'),
      tableOf('Weights of the path', ['l', 'weight θ', ...hasBiases ? ['bias b'] : []], rows, 'parameters'),
      element('p', {class: 'quiet'}, `In scaled units: x̂ = (${x} ${less}) / ${short(xScale, 7)}, y = ${short(yOffset, 7)} + ${short(yScale, 7)} ŷ; `
        + `depth ${depth}, hidden ${hidden}, output ${output}, cost ${cost}, ${method}`));
  },

  sampleTable() {
    const details = element('details', {}, element('summary', {}, 'Samples and residuals'));
    const fill = () => {
      const {x, y, weights, fitted, least, most, yRange} = drawing(this.series, 1);
      const rows = x.map((at, t) => {
        const value = fitted ? fitted.at(at) : NaN;
        const cells = [valueText(at, [least, most]), valueText(y[t], yRange), valueText(value, yRange), short(y[t] - value, 4)];
        if (weights.length) cells.push(short(weights[t]));
        return element('tr', {}, ...cells.map(text => element('td', {}, text)));
      });
      const heads = [report.columns[1], report.columns[2], 'ŷ', 'y − ŷ', ...weights.length ? [report.columns[3]] : []];
      details.append(tableOf('Samples', heads, rows, 'samples'));
    };
    details.addEventListener('toggle', fill, {once: true});
    return details;
  },
};

function tableOf(caption, heads, rows, id) {
  return element('table', {id}, element('caption', {class: 'unseen'}, caption),
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', {scope: 'col'}, head)))),
    element('tbody', {}, ...rows));
}

/** Offers a picture as a file. */
function save(root, name) {
  const file = new Blob([svgText(root)], {type: 'image/svg+xml'});
  const link = element('a', {download: `${name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').slice(0, 80) || 'series'}.svg`});
  link.href = URL.createObjectURL(file);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// MARK: The page's own parts

function header() {
  const [, x, y] = report.columns;
  $('title').textContent = `${y} by ${x}`;
  const {method} = report.shape;
  const parts = [report.file, `${whole(count)} series`, counted(report.samples, 'sample')];
  if (report.missing) parts.push(counted(report.missing, 'missing cell'));
  parts.push(...report.notes);
  if (report.medianRmsePercent !== undefined) parts.push(`median RMSE ${short(report.medianRmsePercent, 3)} % of range`);
  parts.push(`${method === 'descent' ? 'descent' : 'least squares'}, depth ${depth}`);
  if (report.seconds !== undefined) parts.push(`${short(report.seconds, 3)} s`);
  $('summary').textContent = parts.join(' · ');
  $('hint').textContent = 'Dashed line: midpoint; band: its 95 % interval. Arrow keys move, Enter opens, / searches.';
}

function verdictButtons() {
  const counts = new Array(report.verdicts.length).fill(0);
  verdictOf.forEach(verdict => { counts[verdict] += 1; });
  counts.forEach((number, verdict) => {
    if (!number) return;
    const button = element('button', {class: `chip ${tone(verdict)}`, 'aria-pressed': 'false', 'data-verdict': report.verdicts[verdict].name},
      element('b', {}, whole(number)), ` ${report.verdicts[verdict].name}`);
    button.addEventListener('click', () => {
      if (!state.verdicts.delete(verdict)) state.verdicts.add(verdict);
      button.setAttribute('aria-pressed', state.verdicts.has(verdict));
      update();
    });
    $('verdicts').append(button);
  });
}

function sortBy(key, isDescending) {
  [state.sort, state.isDescending] = [key, isDescending];
  $('sort').value = key;
  $('direction').textContent = isDescending ? '↓' : '↑';
  $('direction').setAttribute('aria-pressed', isDescending);
  update();
}

function showView(view) {
  state.view = view;
  window.scrollTo(0, 0);
  show();
}

/** Calls at most once a picture of the screen. */
function onceAFrame(call) {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; call(); });
  };
}

/** The head of the table stays below the tools. */
function placeHead() {
  const tools = $('tools');
  const height = getComputedStyle(tools).position === 'sticky' ? tools.offsetHeight : 0;
  document.documentElement.style.setProperty('--tools', `${height}px`);
}

function draw() {
  if (state.view === 'panels') panels.show();
  if (state.view === 'table') table.draw();
}

function listen() {
  $('search').addEventListener('input', () => { state.text = $('search').value; update(); });
  $('sort').addEventListener('change', () => sortBy($('sort').value, state.isDescending));
  $('direction').addEventListener('click', () => sortBy(state.sort, !state.isDescending));
  $('same').addEventListener('change', () => { state.sameAxes = $('same').checked; show(); });
  for (const button of document.querySelectorAll('[data-view]')) button.addEventListener('click', () => showView(button.dataset.view));
  $('colour').addEventListener('change', () => {
    state.colour = columns.find(({key}) => key === $('colour').value);
    plate.show();
  });
  $('plate-name').addEventListener('change', () => { plate.name = $('plate-name').value; plate.show(); });
  $('copy').addEventListener('click', async () => {
    await copy(tableText());
    $('status').textContent = `${whole(order.length)} rows copied`;
  });
  $('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = root.style.colorScheme ? root.style.colorScheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.style.colorScheme = isDark ? 'light' : 'dark';
  });
  window.addEventListener('scroll', onceAFrame(draw), {passive: true});
  window.addEventListener('resize', onceAFrame(() => {
    placeHead();
    if (state.view !== 'plate') show();
  }));
  $('panels').addEventListener('click', event => {
    const item = event.target.closest('.place');
    if (item) { focused = item.place; detail.open(item.series); }
  });
  $('table').addEventListener('click', event => {
    const sort = event.target.closest('[data-sort]');
    if (sort) {
      const key = sort.dataset.sort;
      sortBy(key, key === state.sort && !state.isDescending);
      return;
    }
    const place = event.target.closest('tr')?.querySelector('[data-place]')?.dataset.place;
    if (place !== undefined) detail.open(order[place]);
  });
  $('wells').addEventListener('click', event => {
    const well = event.target.closest('.well');
    if (!well || well.series === undefined) return;
    plate.well = well.dataset.well.split(' ').map(Number);
    plate.enter();
    detail.open(well.series);
  });
  listenToKeys();
  listenToPointer();
  listenToDialog();
  listenToPrinting();
}

function listenToKeys() {
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !$('detail').open && !/INPUT|SELECT/.test(document.activeElement.tagName)) {
      event.preventDefault();
      $('search').focus();
    }
  });
  $('panels').addEventListener('keydown', event => {
    const {columns, rows} = panels.layout();
    const page = columns * Math.max(1, rows - 4);
    const move = {
      ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, PageDown: page, PageUp: -page,
      Home: -focused, End: order.length,
    }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    panels.focus(focused + move);
  });
  $('wells').addEventListener('keydown', event => {
    const move = {ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -48], End: [0, 48]}[event.key];
    if (!move) return;
    event.preventDefault();
    plate.move(...move);
  });
  $('table').addEventListener('keydown', event => {
    const move = {ArrowDown: 1, ArrowUp: -1}[event.key];
    const place = Number(document.activeElement.dataset.place);
    if (!move || Number.isNaN(place)) return;
    event.preventDefault();
    $('table').querySelector(`[data-place="${place + move}"]`)?.focus();
  });
}

function listenToPointer() {
  let last = null;
  const leave = () => { if (last) stopReading(last); last = null; $('reading').hidden = true; };
  document.addEventListener('pointermove', event => {
    const root = event.target.closest?.('.plot');
    if (root !== last) leave();
    if (!root) return;
    last = root;
    const text = read(root, event);
    if (root.closest('#detail')) {
      $('detail-reading').textContent = text;
      return;
    }
    const tip = $('reading');
    tip.textContent = text;
    tip.hidden = !text;
    tip.style.left = `${Math.min(event.clientX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${event.clientY + 18}px`;
  });
  window.addEventListener('scroll', leave, {passive: true});
}

function listenToDialog() {
  $('close').addEventListener('click', () => $('detail').close());
  $('previous').addEventListener('click', () => detail.step(-1));
  $('next').addEventListener('click', () => detail.step(1));
  $('save').addEventListener('click', () => save($('detail-plot').firstChild, report.names[detail.series]));
  $('print-detail').addEventListener('click', () => window.print());
  $('detail').addEventListener('keydown', event => {
    const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (by) detail.step(by);
  });
  // A click beside the dialog closes it.
  $('detail').addEventListener('click', event => { if (event.target === $('detail')) $('detail').close(); });
  $('detail').addEventListener('close', () => { if (state.view === 'panels') panels.focus(focused); });
}

function listenToPrinting() {
  window.addEventListener('beforeprint', () => {
    if ($('detail').open) {
      document.body.className = 'prints-detail';
    } else if (state.view === 'panels') {
      panels.clear();
      const size = {width: 230, height: 140, top: 6, right: 8, bottom: 18, left: 44};
      order.slice(0, panelLimit).forEach((_, place) => {
        const panel = panels.panel(place, size);
        panels.shown.set(place, panel);
        $('panels').append(panel);
      });
      if (order.length > panelLimit) {
        $('hint').textContent = `The first ${panelLimit} of ${whole(order.length)} series; filter or search to print others.`;
      }
    }
  });
  window.addEventListener('afterprint', () => {
    document.body.className = '';
    header();
    show();
  });
  $('print').addEventListener('click', () => window.print());
}

function start() {
  header();
  verdictButtons();
  for (const {key, title} of sortKeys) $('sort').append(element('option', {value: key}, title));
  for (const {key, title} of columns) $('colour').append(element('option', {value: key}, title));
  if (state.colour) $('colour').value = state.colour.key;
  if (found) {
    document.querySelector('[data-view=plate]').hidden = false;
    $('plates').hidden = found.plates.size < 2;
    for (const name of found.plates.keys()) $('plate-name').append(element('option', {value: name}, name || 'plate'));
  }
  listen();
  placeHead();
  update();
}

start();
