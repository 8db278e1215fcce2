package dev.yagura.connect.teams;

import dev.yagura.base.Failure;
import dev.yagura.base.Secret;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.JsonPost;
import dev.yagura.egress.EgressClient;
import java.util.List;
import java.util.regex.Pattern;

/** Microsoft Teams. */
public final class TeamsKind implements ChannelKind {
  private static final Pattern MICROSOFT =
      Pattern.compile(
          "https://[A-Za-z0-9.-]+\\.(logic\\.azure\\.com|powerplatform\\.com|webhook\\.office\\.com)"
              + "(:443)?/\\S+");

  @Override
  public String name() {
    return "teams";
  }

  @Override
  public String doc() {
    return "A channel or chat of Microsoft Teams by a workflow that takes webhook requests.";
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field(
            "url", "URL of the trigger 'When a Teams webhook request is received'", true, true));
  }

  @Override
  public Channel open(Settings settings, EgressClient egress) {
    Secret url = settings.secrets().getOrDefault("url", new Secret(""));
    boolean microsoft = MICROSOFT.matcher(url.reveal()).matches();
    if (!microsoft
        && !(url.reveal().matches("https?://[^\\s@]+") && settings.standsIn().test(url.reveal()))) {
      throw Failure.user(
              "invalid_param",
              "url: this is no webhook of Teams (expected: https://….logic.azure.com/… or"
                  + " https://….powerplatform.com/…, from the workflow's trigger 'When a Teams"
                  + " webhook request is received')")
          .asException();
    }
    return new Teams(new JsonPost(egress), url);
  }
}
