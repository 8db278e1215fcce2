package dev.yagura.finding;

import dev.yagura.finding.Resource.Detail;
import dev.yagura.finding.Resource.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a finding is about (guardduty.md §2.4). */
final class ResourceFacts {
  private final Tree resource;
  private final List<Resource> found = new ArrayList<>();

  private ResourceFacts(Tree resource) {
    this.resource = resource;
  }

  /** At least one; the first is the one that the finding's {@code resourceType} names. */
  static List<Resource> of(Tree body) {
    var facts = new ResourceFacts(body.at("resource"));
    Kind main = kind(body.text("resource.resourceType", ""));
    facts.collect(body);
    List<Resource> ordered = new ArrayList<>();
    facts.found.stream().filter(one -> one.kind() == main).findFirst().ifPresent(ordered::add);
    facts.found.stream().filter(one -> !ordered.contains(one)).forEach(ordered::add);
    if (ordered.isEmpty()) {
      ordered.add(new Resource(main, "", "", List.of()));
    }
    return ordered;
  }

  private static Kind kind(String resourceType) {
    return switch (resourceType) {
      case "Instance" -> Kind.INSTANCE;
      case "AccessKey" -> Kind.ACCESS_KEY;
      case "S3Bucket" -> Kind.S3_BUCKET;
      case "S3Object" -> Kind.S3_OBJECT;
      case "EKSCluster", "KubernetesCluster" -> Kind.EKS_CLUSTER;
      case "ECSCluster" -> Kind.ECS_CLUSTER;
      case "Container" -> Kind.CONTAINER;
      case "RDSDBInstance", "RDSLimitlessDB" -> Kind.DATABASE;
      case "Lambda" -> Kind.FUNCTION;
      case "AttackSequence" -> Kind.SEQUENCE;
      case "EBSSnapshot" -> Kind.SNAPSHOT;
      case "EC2Image" -> Kind.IMAGE;
      case "RecoveryPoint" -> Kind.RECOVERY_POINT;
      default -> Kind.OTHER;
    };
  }

  private void collect(Tree body) {
    principalResource(body);
    buckets();
    container();
    cluster("eksClusterDetails", Kind.EKS_CLUSTER);
    cluster("ecsClusterDetails", Kind.ECS_CLUSTER);
    database();
    function();
    instance();
    byArn("ebsSnapshotDetails.snapshotArn", Kind.SNAPSHOT);
    byArn("ec2ImageDetails.imageArn", Kind.IMAGE);
    byArn("recoveryPointDetails.recoveryPointArn", Kind.RECOVERY_POINT);
  }

  private void add(Kind kind, @Nullable String id, String name, List<Detail> details) {
    if (id != null || !name.isEmpty()) {
      found.add(new Resource(kind, Facts.name(id), name, details));
    }
  }

  private static void detail(List<Detail> details, String key, @Nullable String value) {
    if (value != null) {
      details.add(new Detail(key, Facts.name(value)));
    }
  }

  private void instance() {
    Tree at = resource.at("instanceDetails");
    Tree network = at.first("networkInterfaces");
    List<Detail> details = new ArrayList<>();
    detail(details, "privateIp", network.text("privateIpAddress"));
    detail(details, "publicIp", network.text("publicIp"));
    detail(details, "state", at.text("instanceState"));
    detail(details, "instanceType", at.text("instanceType"));
    detail(details, "image", at.text("imageId"));
    detail(details, "vpc", network.text("vpcId"));
    detail(details, "securityGroup", network.first("securityGroups").text("groupId"));
    detail(details, "profile", at.text("iamInstanceProfile.arn"));
    add(Kind.INSTANCE, at.text("instanceId"), tag(at, "Name"), details);
  }

  private static String tag(Tree at, String wanted) {
    for (Tree tag : at.list("tags")) {
      if (wanted.equals(tag.text("key"))) {
        return Facts.name(tag.text("value"));
      }
    }
    return "";
  }

  private void principalResource(Tree body) {
    Principal principal = principal(body);
    if (principal != null) {
      List<Detail> details = new ArrayList<>();
      detail(details, "userType", principal.type().isEmpty() ? null : principal.type());
      detail(details, "model", resource.first("modelDetails").text("modelId"));
      detail(details, "guardrail", resource.text("bedrockGuardrailDetails.guardrailAction"));
      String shown = principal.user().isEmpty() ? principal.accessKeyId() : principal.user();
      add(Kind.ACCESS_KEY, shown.isEmpty() ? principal.principalId() : shown, "", details);
    }
  }

  static @Nullable Principal principal(Tree body) {
    Tree key = body.at("resource.accessKeyDetails");
    if (!key.isPresent()) {
      return null;
    }
    String id = key.text("principalId", "");
    int colon = id.indexOf(':');
    return new Principal(
        Facts.name(key.text("userType")),
        Facts.name(key.text("userName")),
        Facts.name(key.text("accessKeyId")),
        Facts.name(id),
        colon < 0 ? "" : Facts.name(id.substring(colon + 1)));
  }

  private void buckets() {
    for (Tree bucket : resource.list("s3BucketDetails")) {
      List<Detail> details = new ArrayList<>();
      detail(details, "access", bucket.text("publicAccess.effectivePermission"));
      for (Tree object : bucket.list("s3ObjectDetails")) {
        List<Detail> about = new ArrayList<>();
        detail(about, "bucket", bucket.text("name"));
        detail(about, "hash", object.text("hash"));
        add(Kind.S3_OBJECT, object.text("key"), "", about);
      }
      add(Kind.S3_BUCKET, bucket.text("name"), "", details);
    }
  }

  private void cluster(String key, Kind kind) {
    Tree at = resource.at(key);
    List<Detail> details = new ArrayList<>();
    if (kind == Kind.EKS_CLUSTER) {
      Tree workload = resource.at("kubernetesDetails.kubernetesWorkloadDetails");
      detail(details, "namespace", workload.text("namespace"));
      detail(details, "workload", workload.text("name"));
      detail(details, "workloadType", workload.text("type"));
      detail(details, "image", workload.first("containers").text("image"));
    } else {
      detail(details, "task", at.text("taskDetails.arn"));
      detail(details, "launchType", at.text("taskDetails.launchType"));
      detail(details, "image", at.first("taskDetails.containers").text("image"));
    }
    detail(details, "vpc", at.text("vpcId"));
    add(kind, at.text("name"), "", details);
  }

  private void container() {
    Tree at = resource.at("containerDetails");
    List<Detail> details = new ArrayList<>();
    detail(details, "image", at.text("image"));
    detail(details, "containerId", at.text("id"));
    add(Kind.CONTAINER, at.text("name", at.text("id", "")), "", details);
    if (!found.isEmpty()
        && found.getLast().kind() == Kind.CONTAINER
        && found.getLast().id().isEmpty()) {
      found.removeLast();
    }
  }

  private void database() {
    Tree at = resource.at("rdsDbInstanceDetails");
    List<Detail> details = new ArrayList<>();
    detail(details, "engine", at.text("engine"));
    detail(details, "cluster", at.text("dbClusterIdentifier"));
    detail(details, "dbUser", resource.text("rdsDbUserDetails.user"));
    detail(details, "database", resource.text("rdsDbUserDetails.database"));
    add(Kind.DATABASE, at.text("dbInstanceIdentifier"), "", details);
    Tree limitless = resource.at("rdsLimitlessDbDetails");
    add(Kind.DATABASE, limitless.text("dbShardGroupIdentifier"), "", details);
  }

  private void function() {
    Tree at = resource.at("lambdaDetails");
    List<Detail> details = new ArrayList<>();
    detail(details, "version", at.text("functionVersion"));
    detail(details, "role", at.text("role"));
    add(Kind.FUNCTION, at.text("functionName"), "", details);
  }

  private void byArn(String path, Kind kind) {
    String arn = resource.text(path);
    if (arn != null) {
      String id = arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
      List<Detail> details = new ArrayList<>();
      detail(details, "arn", arn);
      add(kind, id.isEmpty() ? arn : id, "", details);
    }
  }
}
