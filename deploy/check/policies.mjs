// IAM policies and parameters: what the schemas leave open.
import {intrinsic, walk} from './template.mjs';

const DOCUMENTS = ['PolicyDocument', 'AssumeRolePolicyDocument', 'KeyPolicy'];
const ACTION = /^[a-z0-9-]+:[A-Z][A-Za-z]*\*?$/;

/** Every statement allows or denies named actions on named things. */
export function checkPolicies(template) {
  const problems = [];
  for (const {value, at} of walk(template.section('Resources'))) {
    if (DOCUMENTS.includes(at.at(-1)) && !intrinsic(value)) {
      const place = ['Resources', ...at];
      if (value.Version !== '2012-10-17') {
        problems.push(template.problem(place, "Version is not '2012-10-17'"));
      }
      statements(value.Statement).forEach(
          one => statement(one, at.at(-1)).forEach(what => problems.push(template.problem(place, what))));
    }
  }
  return problems;
}

/** Statements, also those that stand under a condition. */
function statements(list) {
  return [list ?? []].flat().flatMap(one => {
    const call = intrinsic(one);
    return call?.name === 'Fn::If' ? statements(call.argument.slice(1)) : call ? [] : [one];
  });
}

function statement(one, document) {
  const found = [];
  const needed = document === 'AssumeRolePolicyDocument' ? ['Effect', 'Action', 'Principal'] : ['Effect', 'Action', 'Resource'];
  needed.filter(key => !(key in one)).forEach(key => found.push(`a statement without ${key}`));
  if (!['Allow', 'Deny'].includes(one.Effect)) {
    found.push(`Effect ${one.Effect} (expected: Allow or Deny)`);
  }
  for (const action of alternatives(one.Action ?? [])) {
    if (!ACTION.test(action) && !(one.Effect === 'Deny' && /^[a-z0-9-]+:\*$/.test(action))) {
      found.push(`action ${action} (expected: SERVICE:Action, by name)`);
    }
  }
  return found;
}

/** All values that a list or a function may come to. */
function alternatives(value) {
  const call = intrinsic(value);
  return call?.name === 'Fn::If' ? call.argument.slice(1).flatMap(alternatives) : Array.isArray(value) ? value.flatMap(alternatives) : [value];
}

/** Defaults keep to what the parameter allows, and every parameter says what it is. */
export function checkParameters(template) {
  const problems = [];
  for (const [name, one] of Object.entries(template.section('Parameters'))) {
    const say = what => problems.push(template.problem(['Parameters', name], what));
    if (!one.Description) {
      say('has no Description');
    }
    if (one.Default === undefined) {
      continue;
    }
    if (one.AllowedValues && !one.AllowedValues.map(String).includes(String(one.Default))) {
      say(`Default ${one.Default} is not one of ${one.AllowedValues.join(', ')}`);
    }
    if (one.AllowedPattern && !new RegExp(`^(?:${one.AllowedPattern})$`).test(one.Default)) {
      say(`Default ${JSON.stringify(one.Default)} does not match ${one.AllowedPattern}`);
    }
  }
  return problems;
}
