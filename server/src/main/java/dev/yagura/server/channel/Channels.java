package dev.yagura.server.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.base.Secret;
import dev.yagura.base.Suggestion;
import dev.yagura.connect.Channel;
import dev.yagura.connect.ChannelKind;
import dev.yagura.connect.ChannelKind.Field;
import dev.yagura.connect.ChannelKind.Settings;
import dev.yagura.connect.Place;
import dev.yagura.egress.EgressClient;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.app.SlackSettings;
import dev.yagura.server.secret.Vault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels: the Slack webhook of {@code yagura slack set}, which takes all alerts, and further
 * ones by name, each with what it takes. Secrets are kept encrypted.
 */
public final class Channels {
  /** Most channels besides the webhook. */
  public static final int MOST = 20;

  private static final Logger LOG = LoggerFactory.getLogger(Channels.class);
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}";

  private final JsonRecords records;
  private final Vault vault;
  private final EgressClient egress;
  private final Predicate<String> standsIn;
  private final Map<String, ChannelKind> kinds = new LinkedHashMap<>();
  private final SlackSettings slack;
  private volatile List<Place> named;

  /** What channels are made with. */
  public record Ports(
      JsonRecords records, Vault vault, EgressClient egress, Predicate<String> standsIn) {}

  public Channels(Ports ports, Iterable<ChannelKind> kinds, SlackSettings slack) {
    this.records = ports.records();
    this.vault = ports.vault();
    this.egress = ports.egress();
    this.standsIn = ports.standsIn();
    this.slack = slack;
    kinds.forEach(kind -> this.kinds.put(kind.name(), kind));
    this.named = read();
  }

  private List<Place> read() {
    List<Place> read = new ArrayList<>();
    records.all().forEach((name, json) -> place(name, json).ifPresent(read::add));
    return List.copyOf(read);
  }

  /** A channel that another version has written and this one cannot read stays, unused. */
  private Optional<Place> place(String name, ObjectNode json) {
    try {
      Channel channel = kind(json.path("kind").asText()).open(settings(name, json), egress);
      Routing routing =
          Routing.of(json.path("severity").asText(""), json.path("pattern").asText(""));
      return Optional.of(new Place(name, channel, routing::wants));
    } catch (FlowException | IllegalArgumentException unreadable) {
      LOG.error("channel {} is not used: {}", name, unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Settings settings(String name, ObjectNode json) {
    Map<String, String> plain = new LinkedHashMap<>();
    Map<String, Secret> secrets = new LinkedHashMap<>();
    json.path("fields")
        .properties()
        .forEach(one -> plain.put(one.getKey(), one.getValue().asText()));
    json.path("secrets")
        .properties()
        .forEach(
            one ->
                secrets.put(
                    one.getKey(),
                    vault.open(one.getValue().asText(), purpose(name, one.getKey()))));
    return new Settings(plain, secrets, standsIn);
  }

  private static String purpose(String name, String field) {
    return "channel/" + name + "/" + field;
  }

  /** The kinds that there are. */
  public List<ChannelKind> kinds() {
    return List.copyOf(kinds.values());
  }

  private ChannelKind kind(String name) {
    ChannelKind kind = kinds.get(name);
    if (kind == null) {
      String near = Suggestion.nearest(name, kinds.keySet());
      throw Failure.user(
              "invalid_param",
              "kind: there is no channel '"
                  + name
                  + "'"
                  + (near == null ? "" : " (did you mean " + near + "?)")
                  + " (expected: one of "
                  + String.join(", ", kinds.keySet())
                  + ")")
          .asException();
    }
    return kind;
  }

  /** All channels as of now, the webhook first. */
  public List<Place> places() {
    List<Place> all = new ArrayList<>(slack.places());
    all.addAll(named);
    return all;
  }

  /** The channel of a name. */
  public Optional<Place> find(String name) {
    return places().stream().filter(place -> place.id().equals(name)).findFirst();
  }

  /** The records by name, with secrets left out: {@code kind}, {@code fields}, {@code severity}. */
  public Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new LinkedHashMap<>();
    records
        .all()
        .forEach(
            (name, json) -> {
              ObjectNode shown = json.deepCopy();
              JsonNode secrets = shown.remove("secrets");
              if (secrets != null) {
                secrets.fieldNames().forEachRemaining(shown.withObject("/fields")::putNull);
              }
              all.put(name, shown);
            });
    return all;
  }

  /**
   * Sets a channel; one of the same name is replaced. A FlowException says which field is wrong and
   * what was expected; then nothing has changed.
   *
   * @param given fields by name; a secret that is left out stays what it was
   */
  public synchronized void put(
      String name, String kindName, Map<String, String> given, Routing routing) {
    if (!name.matches(NAME) || name.equals(SlackSettings.ID)) {
      throw Failure.user(
              "invalid_param",
              "name: '"
                  + name
                  + "' (expected: up to 64 letters, digits, spaces, dots, hyphens; not slack)")
          .asException();
    }
    Optional<ObjectNode> before = records.find(name);
    if (before.isEmpty() && records.all().size() >= MOST) {
      throw Failure.user(
              "invalid_param", "there are " + MOST + " channels (expected: at most that)")
          .asException();
    }
    ChannelKind kind = kind(kindName);
    ObjectNode record = record(name, kind, given, before.orElseGet(JsonRecords::object));
    routing.write(record);
    Channel unused = kind.open(settings(name, record), egress);
    records.put(name, record);
    named = read();
  }

  private ObjectNode record(
      String name, ChannelKind kind, Map<String, String> given, ObjectNode before) {
    ObjectNode record = JsonRecords.object().put("kind", kind.name());
    ObjectNode fields = record.putObject("fields");
    ObjectNode secrets = record.putObject("secrets");
    List<String> names = kind.fields().stream().map(Field::name).toList();
    for (String one : given.keySet()) {
      if (!names.contains(one)) {
        String near = Suggestion.nearest(one, names);
        throw Failure.user(
                "invalid_param",
                one
                    + ": "
                    + kind.name()
                    + " has no such field"
                    + (near == null ? "" : " (did you mean " + near + "?)")
                    + " (expected: "
                    + String.join(", ", names)
                    + ")")
            .asException();
      }
    }
    for (Field field : kind.fields()) {
      String value = given.getOrDefault(field.name(), "").strip();
      JsonNode kept = before.path("secrets").path(field.name());
      if (field.secret() && value.isEmpty() && kept.isTextual()) {
        secrets.set(field.name(), kept);
      } else if (value.isEmpty() && field.required()) {
        throw Failure.user(
                "invalid_param", field.name() + " is missing (expected: " + field.doc() + ")")
            .asException();
      } else if (field.secret() && !value.isEmpty()) {
        secrets.put(field.name(), vault.seal(new Secret(value), purpose(name, field.name())));
      } else if (!value.isEmpty()) {
        fields.put(field.name(), value);
      }
    }
    return record;
  }

  /** Removes a channel; false where there is none. */
  public synchronized boolean remove(String name) {
    boolean removed = records.delete(name);
    named = read();
    return removed;
  }
}
