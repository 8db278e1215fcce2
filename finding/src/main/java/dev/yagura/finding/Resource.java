package dev.yagura.finding;

import java.util.List;

/**
 * What the finding is about.
 *
 * @param kind what it is
 * @param id as AWS names it (instance id, bucket name, cluster name …); empty when the finding does
 *     not say
 * @param name what people call it (Name tag); empty when there is none
 * @param details more about it, in the order of importance, values cleaned: private and public
 *     address, state, type
 */
public record Resource(Kind kind, String id, String name, List<Detail> details) {

  /** The kinds of resources (guardduty.md §2.4), with their names as AWS writes them. */
  public enum Kind {
    INSTANCE("EC2", "EC2 instance", "EC2 インスタンス"),
    ACCESS_KEY("IAM", "IAM identity", "IAM アイデンティティ"),
    S3_BUCKET("S3", "S3 bucket", "S3 バケット"),
    S3_OBJECT("S3", "S3 object", "S3 オブジェクト"),
    EKS_CLUSTER("EKS", "EKS cluster", "EKS クラスター"),
    ECS_CLUSTER("ECS", "ECS cluster", "ECS クラスター"),
    CONTAINER("Container", "container", "コンテナ"),
    DATABASE("RDS", "RDS database", "RDS データベース"),
    FUNCTION("Lambda", "Lambda function", "Lambda 関数"),
    SNAPSHOT("EBS", "EBS snapshot", "EBS スナップショット"),
    IMAGE("AMI", "machine image (AMI)", "マシンイメージ（AMI）"),
    RECOVERY_POINT("Backup", "recovery point", "復旧ポイント"),
    SEQUENCE("", "group of resources", "リソースのグループ"),
    OTHER("", "resource", "リソース");

    private final String brief;
    private final String english;
    private final String japanese;

    Kind(String brief, String english, String japanese) {
      this.brief = brief;
      this.english = english;
      this.japanese = japanese;
    }

    /** Whether programs run in it. */
    public boolean isCompute() {
      return switch (this) {
        case INSTANCE, EKS_CLUSTER, ECS_CLUSTER, CONTAINER, FUNCTION -> true;
        default -> false;
      };
    }

    /** The service, for the first line of an alert. */
    public String brief() {
      return brief;
    }

    public String label(Language language) {
      return language == Language.JA ? japanese : english;
    }
  }

  /**
   * @param key what it is, for example {@code privateIp}
   */
  public record Detail(String key, String value) {}

  /** The id, or the name where there is no id. */
  public String shown() {
    return id.isEmpty() ? name : id;
  }

  /** The value of a detail, or empty. */
  public String detail(String key) {
    return details.stream()
        .filter(detail -> detail.key().equals(key))
        .map(Detail::value)
        .findFirst()
        .orElse("");
  }
}
