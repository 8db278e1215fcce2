// Reads CloudFormation templates: YAML with short tags (!Ref, !Sub …), which become their long forms.
import {readFileSync} from 'node:fs';
import {LineCounter, isCollection, isMap, parseDocument} from 'yaml';

const PLAIN = ['Ref', 'Condition'];
const FUNCTIONS = ['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Not', 'Or',
  'Select', 'Split', 'Sub', 'ToJsonString', 'Length'];

export class Template {
  /** @param path how the file is called in problems */
  constructor(path, text) {
    this.path = path;
    this.lines = new LineCounter();
    this.document = parseDocument(text, {customTags: tags(), lineCounter: this.lines, uniqueKeys: true, version: '1.2'});
    this.broken = [...this.document.errors, ...this.document.warnings].map(
        trouble => `${path}:${trouble.linePos?.[0]?.line ?? 1}: ${trouble.message.split('\n')[0]}`);
    this.root = this.broken.length > 0 ? {} : this.document.toJS() ?? {};
  }

  static read(path) {
    return new Template(path, readFileSync(path, 'utf8'));
  }

  section(name) {
    return this.root[name] ?? {};
  }

  /** A problem with the line of the nearest node that the file has on the way. */
  problem(at, what) {
    return `${this.path}:${this.line(at)}: ${at.join('.')}: ${what}`;
  }

  line(at) {
    let node = this.document.contents;
    let line = 1;
    for (const step of at) {
      const pair = isMap(node) ? node.items.find(one => String(one.key?.value) === String(step)) : undefined;
      node = pair?.value ?? (isCollection(node) ? node.get(step, true) : undefined);
      const start = pair?.key?.range?.[0] ?? node?.range?.[0];
      if (start === undefined) {
        break;
      }
      line = this.lines.linePos(start).line;
    }
    return line;
  }
}

/** Each short tag, for what may stand behind it: one value, a list, a map. */
function tags() {
  const names = [...PLAIN.map(name => [name, name]), ...FUNCTIONS.map(name => [name, `Fn::${name}`])];
  return names.flatMap(([short, long]) => [
    {tag: `!${short}`, resolve: text => ({[long]: long === 'Fn::GetAtt' ? split(text) : text})},
    ...['seq', 'map'].map(collection => ({
      tag: `!${short}`, collection, resolve: value => EMPTY.createNode({[long]: value.toJS(EMPTY)}),
    })),
  ]);
}

/** A resource and its attribute, which may itself have dots. */
function split(name) {
  const dot = name.indexOf('.');
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)];
}

// Nodes are made and read in the context of a document; templates have no anchors, so any will do.
const EMPTY = parseDocument('');

const INTRINSIC = /^(Ref|Condition|Fn::\w+)$/;

/** The name and argument of an intrinsic function, or undefined where the value is none. */
export function intrinsic(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return undefined;
  }
  const keys = Object.keys(value);
  return keys.length === 1 && INTRINSIC.test(keys[0]) ? {name: keys[0], argument: value[keys[0]]} : undefined;
}

/** Every value of a tree with the way to it. */
export function* walk(value, at = []) {
  yield {value, at};
  if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      yield* walk(inner, [...at, key]);
    }
  }
}
