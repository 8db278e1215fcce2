// Resource types exist, their properties exist, are of the right type, and none that is required is missing.
import {intrinsic} from './template.mjs';

const LISTS = ['Fn::Split', 'Fn::GetAZs', 'Fn::Cidr'];
const TEXTS = ['Fn::Sub', 'Fn::Join', 'Fn::Base64', 'Fn::ImportValue', 'Fn::ToJsonString'];
const ATTRIBUTES = ['Type', 'Properties', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'UpdatePolicy',
  'CreationPolicy', 'Metadata'];
const SCALARS = {
  'string': value => typeof value === 'string',
  'date-time': value => typeof value === 'string',
  'integer': Number.isInteger,
  'number': value => typeof value === 'number',
  'boolean': value => typeof value === 'boolean',
};

export function checkProperties(template, schema) {
  const check = new PropertyCheck(template, schema);
  for (const [name, resource] of Object.entries(template.section('Resources'))) {
    check.resource(['Resources', name], resource ?? {});
  }
  return check.problems;
}

class PropertyCheck {
  constructor(template, schema) {
    this.template = template;
    this.schema = schema;
    this.problems = [];
  }

  say(at, what) {
    this.problems.push(this.template.problem(at, what));
  }

  resource(at, resource) {
    for (const key of Object.keys(resource)) {
      if (!ATTRIBUTES.includes(key)) {
        this.say([...at, key], `no attribute of a resource (expected: ${ATTRIBUTES.join(', ')})`);
      }
    }
    if (this.schema.resource(resource.Type) === undefined) {
      return this.say(at, `${resource.Type}: CloudFormation has no such resource type`);
    }
    const needed = this.schema.transform(resource.Type);
    if (needed && ![this.template.section('Transform')].flat().includes(needed)) {
      this.say(at, `${resource.Type} needs Transform: ${needed}`);
    }
    return this.fields(resource.Properties ?? {}, this.schema.properties(resource.Type), [...at, 'Properties'], resource.Type);
  }

  fields(value, known, at, owner) {
    for (const [name, inner] of Object.entries(value)) {
      if (known[name] === undefined) {
        this.say([...at, name], `${owner} has no such property (expected: ${Object.keys(known).join(', ')})`);
      } else {
        this.value(inner, known[name].type, [...at, name]);
      }
    }
    for (const [name, property] of Object.entries(known)) {
      if (property.required && !(name in value)) {
        this.say(at, `${owner} requires ${name}`);
      }
    }
  }

  value(value, type, at) {
    const call = intrinsic(value);
    if (call?.name === 'Fn::If') {
      const [, yes, no] = call.argument;
      this.value(yes, type, [...at, 'Fn::If', 1]);
      return this.value(no, type, [...at, 'Fn::If', 2]);
    }
    const wrong = call ? this.called(call, type) : this.written(value, type, at);
    if (wrong) {
      this.say(at, `${wrong} (expected: ${this.schema.name(type)})`);
    }
    return undefined;
  }

  /** What is wrong with a function's value in this place, as far as that can be known. */
  called({name, argument}, type) {
    const isList = type.type === 'array';
    const isOpen = type.type === 'union' || type.type === 'json';
    if (name === 'Ref' && argument === 'AWS::NoValue' || isOpen) {
      return undefined;
    }
    if (['ref', 'map', 'tag'].includes(type.type)) {
      return `${name} gives no object`;
    }
    if (name === 'Ref') {
      const declared = this.template.section('Parameters')[argument]?.Type ?? 'String';
      const givesList = declared.startsWith('List<') || declared === 'CommaDelimitedList' || declared.includes('::List<');
      return givesList === isList ? undefined : `Ref ${argument} gives ${givesList ? 'a list' : 'one value'}`;
    }
    if (TEXTS.includes(name) && isList) {
      return `${name} gives one value`;
    }
    return LISTS.includes(name) && !isList ? `${name} gives a list` : undefined;
  }

  /** What is wrong with a value that stands there. */
  written(value, type, at) {
    switch (type.type) {
      case 'json': return typeof value === 'object' || typeof value === 'string' ? undefined : shown(value);
      case 'tag': return typeof value?.Key === 'string' && 'Value' in value ? undefined : shown(value);
      case 'union': return type.types.some(one => this.fits(value, one)) ? undefined : shown(value);
      case 'array':
        if (!Array.isArray(value)) {
          return shown(value);
        }
        value.forEach((one, i) => this.value(one, type.element, [...at, i]));
        return undefined;
      case 'map':
      case 'ref':
        return this.object(value, type, at);
      default:
        return this.scalar(value, type);
    }
  }

  object(value, type, at) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return shown(value);
    }
    if (type.type === 'ref') {
      const definition = this.schema.definition(type);
      this.fields(value, definition.properties, at, definition.name);
    } else {
      Object.entries(value).forEach(([key, one]) => this.value(one, type.element, [...at, key]));
    }
    return undefined;
  }

  scalar(value, type) {
    if (!SCALARS[type.type](value)) {
      return shown(value);
    }
    const allowed = type.allowedValues;
    return allowed && !allowed.includes(value) ? `${shown(value)}, not one of ${allowed.join(', ')}` : undefined;
  }

  fits(value, type) {
    const trial = new PropertyCheck(this.template, this.schema);
    trial.value(value, type, []);
    return trial.problems.length === 0;
  }
}

function shown(value) {
  return `is ${JSON.stringify(value)?.slice(0, 60)}`;
}
