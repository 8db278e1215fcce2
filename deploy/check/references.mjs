// What a template refers to is there; what it declares is used.
import {intrinsic, walk} from './template.mjs';

const PSEUDO = ['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(
    name => `AWS::${name}`);
const CONDITION_USERS = ['Resources', 'Outputs'];

/** Problems of names that lead nowhere, and of names that nobody uses. */
export function checkReferences(template, schema) {
  const used = {Parameters: new Set(), Conditions: new Set(), Mappings: new Set()};
  const problems = [];
  const say = (at, what) => problems.push(template.problem(at, what));
  for (const {value, at} of walk(template.root)) {
    const call = intrinsic(value);
    if (call && !isPolicyCondition(at, call)) {
      follow(template, schema, call, at, used, say);
    }
  }
  for (const section of CONDITION_USERS) {
    for (const [name, one] of Object.entries(template.section(section))) {
      if (one?.Condition !== undefined) {
        condition(template, one.Condition, [section, name, 'Condition'], used, say);
      }
    }
  }
  dependencies(template, say);
  for (const [section, names] of Object.entries(used)) {
    for (const name of Object.keys(template.section(section))) {
      if (!names.has(name)) {
        say([section, name], 'nothing uses it (expected: a use, or to be gone)');
      }
    }
  }
  return problems;
}

/** An IAM statement may have nothing but a Condition on a level; that is no function. */
function isPolicyCondition(at, call) {
  return call.name === 'Condition' && typeof call.argument !== 'string';
}

function follow(template, schema, {name, argument}, at, used, say) {
  switch (name) {
    case 'Ref': return ref(template, argument, at, used, say);
    case 'Fn::GetAtt': return attribute(template, schema, argument, at, say);
    case 'Fn::Sub': return substitution(template, schema, argument, at, used, say);
    case 'Fn::If': return condition(template, argument?.[0], at, used, say);
    case 'Condition': return condition(template, argument, at, used, say);
    case 'Fn::FindInMap': return mapping(template, argument, at, used, say);
    default: return undefined;
  }
}

function ref(template, target, at, used, say) {
  if (typeof target !== 'string') {
    return say(at, 'Ref takes a name');
  }
  if (target in template.section('Parameters')) {
    return used.Parameters.add(target);
  }
  const [resource, made] = target.split('.');
  const type = template.section('Resources')[resource]?.Type;
  const isMadeBySam = type === 'AWS::Serverless::Function' && ['Alias', 'Version'].includes(made);
  if (!PSEUDO.includes(target) && (type === undefined || (made !== undefined && !isMadeBySam))) {
    say(at, `Ref ${target}: no such parameter or resource${near(target, template)}`);
  }
  return undefined;
}

function attribute(template, schema, argument, at, say) {
  const [resource, name] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
  const declared = template.section('Resources')[resource];
  if (declared === undefined) {
    return say(at, `GetAtt ${resource}: no such resource${near(resource, template)}`);
  }
  const attributes = schema.attributes(declared.Type);
  if (attributes && !(name in attributes)) {
    return say(at, `GetAtt ${resource}.${name}: ${declared.Type} has no such attribute (expected: ${Object.keys(attributes).join(', ')})`);
  }
  return undefined;
}

function substitution(template, schema, argument, at, used, say) {
  const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') {
    return say(at, 'Sub takes a text');
  }
  for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    if (name in own) {
      continue;
    }
    if (name.includes('.') && !name.startsWith('AWS::')) {
      attribute(template, schema, name, at, say);
    } else {
      ref(template, name, at, used, say);
    }
  }
  return undefined;
}

function condition(template, name, at, used, say) {
  used.Conditions.add(name);
  if (!(name in template.section('Conditions'))) {
    say(at, `condition ${name}: not declared (expected: ${Object.keys(template.section('Conditions')).join(', ') || 'Conditions'})`);
  }
}

function mapping(template, argument, at, used, say) {
  used.Mappings.add(argument?.[0]);
  if (!(argument?.[0] in template.section('Mappings'))) {
    say(at, `mapping ${argument?.[0]}: not declared`);
  }
}

function dependencies(template, say) {
  for (const [name, resource] of Object.entries(template.section('Resources'))) {
    for (const other of [resource?.DependsOn ?? []].flat()) {
      if (!(other in template.section('Resources'))) {
        say(['Resources', name, 'DependsOn'], `${other}: no such resource`);
      }
    }
  }
}

function near(name, template) {
  const known = [...Object.keys(template.section('Parameters')), ...Object.keys(template.section('Resources'))];
  const match = known.find(one => one.toLowerCase() === name.toLowerCase()) ?? known.find(one => one.startsWith(name.slice(0, 5)));
  return match ? ` (did you mean ${match}?)` : '';
}
