// The check finds what is wrong, and says where.
import assert from 'node:assert/strict';
import {before, test} from 'node:test';
import {problemsOf} from './check.mjs';
import {Schema} from './schema.mjs';
import {Template} from './template.mjs';

let schema;
before(async () => {
  schema = await Schema.load();
});

function problems(text) {
  return problemsOf(new Template('t.yaml', text), schema);
}

const QUEUE = `
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
`;

test('a right template has no problems', () => {
  assert.deepEqual(problems(`${QUEUE}      VisibilityTimeout: 30
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: !Sub '{"source":["\${AWS::StackName}"]}'
      Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]
`), []);
});

for (const [what, text, expected] of [
  ['a resource type that there is none of', 'Resources:\n  Q: {Type: AWS::SQS::Queu}', /^t\.yaml:2: .*AWS::SQS::Queu: CloudFormation has no such/],
  ['a property that there is none of', `${QUEUE}      VisibilityTimout: 30`, /^t\.yaml:6: .*VisibilityTimout: AWS::SQS::Queue has no such property/],
  ['a text where a number is wanted', `${QUEUE}      VisibilityTimeout: soon`, /VisibilityTimeout: is "soon" \(expected: integer\)/],
  ['a number where a text is wanted', `${QUEUE}      QueueName: 7`, /QueueName: is 7 \(expected: string\)/],
  ['one value where a list is wanted', `${QUEUE}      Tags: {Key: a, Value: b}`, /Tags: is .* \(expected: a list of a tag\)/],
  ['a value that is not one of those allowed', 'Resources:\n  R: {Type: AWS::Events::Rule, Properties: {State: ON}}', /State: is "ON", not one of DISABLED, ENABLED/],
  ['a required property that is missing', 'Resources:\n  C: {Type: AWS::Events::ApiDestination, Properties: {HttpMethod: POST}}', /requires ConnectionArn/],
  ['a required property that is missing further in', 'Resources:\n  R: {Type: AWS::Events::Rule, Properties: {Targets: [{Arn: a}]}}', /Targets\.0: Target requires Id/],
  ['a reference to nothing', `${QUEUE}      QueueName: !Ref Name`, /Ref Name: no such parameter or resource/],
  ['an attribute that there is none of', `${QUEUE}      QueueName: !GetAtt Queue.Url`, /AWS::SQS::Queue has no such attribute \(expected: Arn, QueueName, QueueUrl\)/],
  ['a substitution of nothing', `${QUEUE}      QueueName: !Sub 'a-\${Stage}'`, /Ref Stage: no such/],
  ['a list where one value is wanted', `Parameters:\n  L: {Type: CommaDelimitedList, Description: a}${QUEUE}      QueueName: !Ref L`, /Ref L gives a list \(expected: string\)/],
  ['one value where a parameter must be a list', `Parameters:\n  P: {Type: String, Description: a}${QUEUE}      Tags: !Ref P`, /Ref P gives one value/],
  ['what is wrong in one branch', `Conditions: {C: !Equals [a, b]}${QUEUE}      VisibilityTimeout: !If [C, 30, soon]`, /Fn::If\.2: is "soon"/],
  ['a condition that is not declared', `${QUEUE}      VisibilityTimeout: !If [C, 30, 40]`, /condition C: not declared/],
  ['a parameter that nobody uses', `Parameters:\n  P: {Type: String, Description: a}\n${QUEUE}      VisibilityTimeout: 30`, /Parameters\.P: nothing uses it/],
  ['a dependency on nothing', 'Resources:\n  Q: {Type: AWS::SQS::Queue, DependsOn: R}', /DependsOn: R: no such resource/],
  ['a misspelt attribute of a resource', 'Resources:\n  Q: {Type: AWS::SQS::Queue, DeletePolicy: Retain}', /DeletePolicy: no attribute of a resource/],
  ['a type of SAM without its transform', 'Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {}}', /needs Transform: AWS::Serverless-2016-10-31/],
  ['a default that is not allowed', `Parameters:\n  P: {Type: String, Description: a, Default: c, AllowedValues: [a, b]}${QUEUE}      QueueName: !Ref P`, /Default c is not one of a, b/],
  ['a tag that CloudFormation has not', `${QUEUE}      QueueName: !Reff Name`, /^t\.yaml:6: Unresolved tag/],
  ['a key that stands twice', `${QUEUE}      QueueName: a\n      QueueName: b`, /^t\.yaml:7: Map keys must be unique/],
  ['a policy that allows everything', `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}`, /action \* \(expected: SERVICE:Action/],
  ['a statement without a resource', `Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: sqs:SendMessage}]}`, /a statement without Resource/],
]) {
  test(`found: ${what}`, () => {
    const found = problems(text);
    assert.equal(found.filter(one => expected.test(one)).length, 1, `among: ${found.join('\n')}`);
  });
}
