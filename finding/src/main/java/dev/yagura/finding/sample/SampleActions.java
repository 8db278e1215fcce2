package dev.yagura.finding.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.finding.FindingType;

/**
 * Makes a sample's action fit its type: the API that was called, the port, whether a login
 * succeeded.
 */
final class SampleActions {
  private SampleActions() {}

  static void fit(ObjectNode detail, FindingType type, String family) {
    JsonNode action = detail.path("service").path("action");
    if (action.path("awsApiCallAction") instanceof ObjectNode call) {
      String[] api = api(type, family).split(" ");
      call.put("api", api[0]).put("serviceName", api[1] + ".amazonaws.com");
    }
    if (action.path("networkConnectionAction").path("localPortDetails")
        instanceof ObjectNode port) {
      switch (type.family()) {
        case "RDPBruteForce" -> port.put("port", 3389).put("portName", "RDP");
        case "WinRMBruteForce" -> port.put("port", 5985).put("portName", "WinRM");
        default -> {}
      }
    }
    if (action.path("rdsLoginAttemptAction") instanceof ObjectNode login) {
      if (type.purpose().equals("Discovery")) {
        login.putArray("LoginAttributes");
      } else if (type.mechanism().endsWith("FailedLogin")) {
        ((ObjectNode) login.get("LoginAttributes").get(0)).put("successfulLoginAttempts", 0);
      }
    }
  }

  private static String api(FindingType type, String family) {
    return switch (family) {
      case "root", "root-session", "iam-login" -> "ConsoleLogin signin";
      case "logging-off" -> "StopLogging cloudtrail";
      case "model-logging-off" -> "DeleteModelInvocationLoggingConfiguration bedrock";
      case "bucket-logging-off" -> "PutBucketLogging s3";
      case "password-policy" -> "UpdateAccountPasswordPolicy iam";
      case "ai-abuse", "prompt-injection" -> "InvokeModel bedrock";
      case "s3-public" -> "PutBucketPolicy s3";
      case "s3-guard-off", "s3-account-guard-off" -> "PutBucketPublicAccessBlock s3";
      case "s3-damage" ->
          type.mechanism().equals("Permission") ? "PutBucketAcl s3" : "DeleteObject s3";
      case "s3-data" -> type.purpose().equals("Discovery") ? "ListObjects s3" : "GetObject s3";
      default -> byPurpose(type);
    };
  }

  private static String byPurpose(FindingType type) {
    if (type.resource().equals("S3")) {
      return "ListBuckets s3";
    }
    return switch (type.purpose()) {
      case "CredentialAccess" -> "GetSecretValue secretsmanager";
      case "DefenseEvasion" -> "DeleteFlowLogs ec2";
      case "Discovery", "Recon" -> "ListUsers iam";
      case "Exfiltration" -> "CreateSnapshot ec2";
      case "Impact" -> "DeleteSecurityGroup ec2";
      case "InitialAccess" -> "GetFederationToken sts";
      case "Persistence" -> "CreateAccessKey iam";
      case "PrivilegeEscalation" -> "PutUserPolicy iam";
      case "ResourceConsumption", "Behavior" -> "RunInstances ec2";
      default -> "DescribeInstances ec2";
    };
  }
}
