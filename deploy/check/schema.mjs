// The schemas of CloudFormation's resources, as AWS publishes them, with what they lack of SAM.
import {loadAwsServiceSpec} from '@aws-cdk/aws-service-spec';

const text = {type: 'string'};
const flag = {type: 'boolean'};

/**
 * What SAM's transform knows and the published schema does not (yet):
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
const SAM = {
  'AWS::Serverless::Function': {
    AutoPublishAliasAllProperties: flag,
    LoggingConfig: {type: 'map', element: text},
    RecursiveLoop: text,
    SnapStart: {type: 'map', element: text},
  },
};

export class Schema {
  constructor(database) {
    this.database = database;
  }

  static async load() {
    return new Schema(await loadAwsServiceSpec());
  }

  /** The resource type's entry, or undefined where CloudFormation has none of that name. */
  resource(type) {
    return this.database.lookup('resource', 'cloudFormationType', 'equals', String(type))[0];
  }

  /** The properties of a resource type by name. */
  properties(type) {
    const more = Object.entries(SAM[type] ?? {}).map(([name, one]) => [name, {type: one}]);
    return {...this.resource(type)?.properties, ...Object.fromEntries(more)};
  }

  /** What GetAtt gives; undefined where the transform makes the attributes. */
  attributes(type) {
    if (String(type).startsWith('AWS::Serverless::')) {
      return {Arn: {type: text}};
    }
    return this.resource(type)?.attributes;
  }

  /** The transform that a resource type needs, if any. */
  transform(type) {
    return this.resource(type)?.cloudFormationTransform;
  }

  definition(type) {
    return this.database.get('typeDefinition', type.reference);
  }

  /** A type in words. */
  name(type) {
    switch (type.type) {
      case 'array': return `a list of ${this.name(type.element)}`;
      case 'map': return `a map of ${this.name(type.element)}`;
      case 'ref': return this.definition(type).name;
      case 'tag': return 'a tag';
      case 'union': return type.types.map(one => this.name(one)).join(' or ');
      default: return type.type;
    }
  }
}
