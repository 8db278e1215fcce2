package dev.yagura.finding;

/**
 * Whose credentials were used. Parts that the finding does not say are empty; values are cleaned.
 *
 * @param type {@code IAMUser}, {@code AssumedRole}, {@code Root} …
 * @param user the user's or role's name
 * @param session the name of the session, chosen by whoever opened it
 */
public record Principal(
    String type, String user, String accessKeyId, String principalId, String session) {

  /**
   * The kind of credentials, as the catalogue's steps are chosen by: IAM's user type, or what must
   * be handled apart.
   */
  public String kind() {
    if (user.startsWith("AWSReservedSSO_")) {
      return "SSO";
    }
    return type.equals("IAMUser") && accessKeyId.startsWith("ASIA") ? "IAMUserSession" : type;
  }
}
