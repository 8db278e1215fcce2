package dev.yagura.finding.sample;

import dev.yagura.finding.FindingType;

/**
 * What a sample of a type is made of.
 *
 * @param resource name of a part
 * @param service name of a part
 * @param host whether the instance that hosts the resource is named too
 * @param withProcess whether Runtime Monitoring's view of the process is added
 */
record Recipe(String resource, String service, boolean host, boolean withProcess) {

  static Recipe of(FindingType type, String family) {
    return switch (family) {
      case "root", "root-session" -> of("Root", "api");
      case "iam-stolen" ->
          of(type.family().contains("Exfiltration") ? "AssumedRole" : "IAMUser", "api");
      case "ai-abuse" -> of("ModelCaller", "api");
      case "prompt-injection" -> of("GuardedModelCaller", "api");
      case "pentest" -> type.resource().equals("S3") ? of("S3Bucket", "s3") : of("IAMUser", "api");
      case "bucket-logging-off",
          "s3-public",
          "s3-guard-off",
          "s3-account-guard-off",
          "s3-data",
          "s3-damage" ->
          of("S3Bucket", "s3");
      case "s3-malware" -> of("S3Object", "object");
      case "ec2-exposed" ->
          of("Instance", type.family().startsWith("PortProbe") ? "probe" : "inbound");
      case "ec2-malware", "ec2-mining", "ec2-rebind", "ec2-tor", "ec2-attacks", "ec2-unusual" ->
          type.resource().equals("Runtime")
              ? new Recipe("Instance", network(type), false, true)
              : of("Instance", network(type));
      case "lambda-network" -> of("Lambda", "outbound");
      case "eks-api", "eks-anomalous", "eks-identity", "eks-policy", "eks-dashboard" ->
          of("EKSCluster", "kubernetes");
      case "rds-login" -> of("RDSDBInstance", "rds");
      case "malware-disk" -> disk(type);
      case "malware-backup" -> of(type.artifact(), "object");
      case "runtime-network" -> new Recipe("Instance", network(type), false, true);
      case "runtime-mining", "runtime-execution", "runtime-evasion" -> of("Instance", "runtime");
      case "runtime-escape" -> new Recipe("EKSCluster", "runtime", true, false);
      case "sequence", "sequence-compute" -> of("AttackSequence", "sequence");
      case "custom-rule" -> of("IAMUser", "sequence");
      default -> of("IAMUser", "api");
    };
  }

  private static Recipe of(String resource, String service) {
    return new Recipe(resource, service, false, false);
  }

  private static String network(FindingType type) {
    boolean dns =
        type.artifact().equals("DNS")
            || type.family().contains("Domain")
            || type.family().contains("DNS");
    return dns ? "dns" : "outbound";
  }

  private static Recipe disk(FindingType type) {
    return switch (type.resource()) {
      case "ECS" -> of("ECSCluster", "malware");
      case "Kubernetes" -> new Recipe("EKSCluster", "malware", true, false);
      case "Container" -> new Recipe("Container", "malware", true, false);
      default -> of("Instance", "malware");
    };
  }
}
