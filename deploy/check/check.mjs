// node check.mjs TEMPLATE…: prints every problem with its file and line; exit code 1 where there is one.
import {checkParameters, checkPolicies} from './policies.mjs';
import {checkProperties} from './properties.mjs';
import {checkReferences} from './references.mjs';
import {Schema} from './schema.mjs';
import {Template} from './template.mjs';

/** All problems of a template, in the order of their lines. */
export function problemsOf(template, schema) {
  if (template.broken.length > 0) {
    return template.broken;
  }
  const found = [checkProperties(template, schema), checkReferences(template, schema), checkPolicies(template), checkParameters(template)];
  return [...new Set(found.flat())].sort((one, other) => lineOf(one) - lineOf(other));
}

function lineOf(problem) {
  return Number(/:(\d+): /.exec(problem)?.[1] ?? 0);
}

async function main(files) {
  if (files.length === 0) {
    console.error('usage: node check.mjs TEMPLATE…');
    return 2;
  }
  const schema = await Schema.load();
  let count = 0;
  for (const file of files) {
    const template = Template.read(file);
    const problems = problemsOf(template, schema);
    problems.forEach(one => console.error(one));
    count += problems.length;
    console.log(`${file}: ${Object.keys(template.section('Resources')).length} resources, ${problems.length} problems`);
  }
  return count === 0 ? 0 : 1;
}

if (import.meta.url === `file://${process.argv[1]}`) {
  process.exitCode = await main(process.argv.slice(2));
}
