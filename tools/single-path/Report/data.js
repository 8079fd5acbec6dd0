'use strict';

// The data of the report: what `ReportData` holds, as numbers and series.

const report = JSON.parse(document.getElementById('data').textContent);
const count = report.names.length;

/** The memory that a base64 text stands for. */
function memory(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64).buffer;
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
  return bytes.buffer;
}

/** Lists of numbers, each an offset and floats, and a scale where they need one. */
class Lists {
  constructor({counts, offsets, scales, values}) {
    const lengths = new Uint32Array(memory(counts));
    this.starts = new Uint32Array(lengths.length + 1);
    lengths.forEach((length, k) => { this.starts[k + 1] = this.starts[k] + length; });
    this.offsets = new Float64Array(memory(offsets));
    this.scales = scales ? new Float64Array(memory(scales)) : null;
    this.values = new Float32Array(memory(values));
  }

  length(k) { return this.starts[k + 1] - this.starts[k]; }

  at(k) {
    const floats = this.values.subarray(this.starts[k], this.starts[k + 1]);
    const scale = this.scales ? this.scales[k] : 1;
    return Array.from(floats, value => this.offsets[k] + scale * value);
  }
}

const xLists = new Lists(report.x);
const xOf = new Uint32Array(memory(report.xOf));
const yLists = new Lists(report.y);
const weightLists = report.weights ? new Lists(report.weights) : null;
const verdictOf = new Uint8Array(memory(report.verdictOf));
const reasonOf = new Uint32Array(memory(report.reasonOf));

/** The samples of a series, in the order of the file. */
function samples(series) {
  return {
    x: xLists.at(xOf[series]), y: yLists.at(series),
    weights: weightLists ? weightLists.at(series) : [],
  };
}

const pointCount = series => yLists.length(series);

// MARK: Facts

/** A number about each series, NaN where there is none; a fact has an interval too. */
class Column {
  constructor({key, title, values, intervals}) {
    Object.assign(this, {key, title, intervals});
    this.hasInterval = Boolean(intervals);
    if (!intervals) {
      this.values = new Float32Array(memory(values));
      return;
    }
    this.values = new Float64Array(memory(values));
    this.errors = new Float32Array(memory(intervals.errors));
    this.lows = new Float32Array(memory(intervals.low));
    this.highs = new Float32Array(memory(intervals.high));
  }

  value(series) { return this.values[series]; }
  error(series) { return this.errors[series]; }
  low(series) { return this.end(series, this.lows); }
  high(series) { return this.end(series, this.highs); }

  end(series, distances) {
    const value = this.values[series];
    const distance = distances[series];
    return this.intervals.areRatios ? value * Math.exp(distance) : value + distance;
  }

  /** What is known where there is no value, such as "> 100". */
  bound(series) { return this.intervals?.bounds[series]; }
}

const columns = report.facts.map(fact => new Column(fact));
const facts = columns.filter(column => column.hasInterval);
const midpoint = facts.find(fact => fact.key === 'midpoint');

// MARK: Curves

const leak = Math.fround(0.01);
const activations = {
  'sigmoid': z => 1 / (1 + Math.exp(-z)),
  'softmax': z => 1 / (1 + Math.exp(-z)),
  'tanh': Math.tanh,
  'relu': z => Math.max(0, z),
  'leaky-relu': z => z <= 0 ? leak * z : z,
  'softplus': z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  'identity': z => z,
};

const {depth, hasBiases} = report.shape;
const parameterCount = depth * (hasBiases ? 2 : 1);
const curveRows = new Float64Array(memory(report.curves));

/** The curve of a series, or null. */
function curve(series) {
  const length = parameterCount + 5;
  const row = curveRows.subarray(series * length, (series + 1) * length);
  if (Number.isNaN(row[0])) return null;
  const weights = Array.from(row.subarray(0, depth));
  const biases = Array.from(row.subarray(depth, parameterCount));
  const [xOffset, xScale, yOffset, yScale, limit] = row.subarray(parameterCount);
  const hidden = activations[report.shape.hidden];
  const output = activations[report.shape.output];
  /** ŷ at x, both in the units of the file: (6) between two scalings. */
  function at(x) {
    const place = !report.logX ? x : x === 0 && !Number.isNaN(limit) ? limit : Math.log10(x);
    let a = (place - xOffset) / xScale;
    for (let l = 0; l < depth; l++) {
      a = (l < depth - 1 ? hidden : output)(weights[l] * a + (biases[l] ?? 0));
    }
    return yOffset + yScale * a;
  }
  return {at, weights, biases, xOffset, xScale, yOffset, yScale};
}

// MARK: Verdicts

const verdictName = series => report.verdicts[verdictOf[series]].name;
const reason = series => report.reasons[reasonOf[series]];

/** How a verdict is coloured. */
function tone(verdict) {
  const {name, isGood} = report.verdicts[verdict];
  if (isGood || name === 'trained') return 'good';
  if (name === 'flat') return 'flat';
  return ['too few samples', 'non-finite input', 'diverged', 'dead'].includes(name) ? 'bad' : 'open';
}

// MARK: Numbers as text, with the decimal mark of the reader's language

const language = (navigator.language || 'en') + '-u-nu-latn';
const decimalMark = new Intl.NumberFormat(language).formatToParts(1.5)
  .find(part => part.type === 'decimal').value;

const whole = number => new Intl.NumberFormat(language).format(number);
const counted = (number, noun) => `${whole(number)} ${noun}${number === 1 ? '' : 's'}`;
const localized = text => text.replace('.', decimalMark);

/** A number with some significant digits, as by the format %g. */
function short(number, digits = 5) {
  if (Number.isNaN(number)) return '–';
  if (!Number.isFinite(number)) return number > 0 ? '∞' : '-∞';
  if (number === 0) return '0';
  const [mantissa, exponent] = number.toExponential(digits - 1).split('e');
  const isPlain = exponent >= -5 && exponent < Math.max(digits, 6);
  return localized(isPlain ? String(Number(number.toPrecision(digits))) : `${Number(mantissa)}e${Number(exponent)}`);
}

/** A number with the digits that tell it from others at some distance. */
function precise(number, distance, digits = 5) {
  const size = Math.log10(Math.abs(number) / distance);
  return short(number, Number.isFinite(size) ? Math.min(15, Math.max(digits, Math.ceil(size) + 2)) : digits);
}

/** A number and its standard error, both to the second digit of the error. */
function rounded(value, error) {
  const decimals = 1 - Math.floor(Math.log10(error));
  if (!(decimals >= 0 && decimals <= 12 && Math.abs(value) < 1e7 && error < 1000)) {
    return [precise(value, error), short(error, 2)];
  }
  return [value, error].map(number => localized(number.toFixed(decimals)));
}

/** A fact and its standard error; what is known of it where it is open. */
function estimate(column, series) {
  const value = column.value(series);
  if (Number.isNaN(value)) return localized(column.bound(series) ?? '–');
  const error = column.hasInterval ? column.error(series) : 0;
  return error > 0 ? rounded(value, error).join(' ± ') : short(value);
}

/** The ends of the 95 % interval of a fact. */
function interval(column, series) {
  const error = column.error(series);
  if (!(error > 0)) return '';
  return [column.low(series), column.high(series)].map(end => rounded(end, error)[0]).join(' to ');
}
