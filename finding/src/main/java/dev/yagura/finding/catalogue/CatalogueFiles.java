package dev.yagura.finding.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the catalogue's files, which lie beside this class in the jar. */
final class CatalogueFiles {
  private CatalogueFiles() {}

  static List<String> lines(String name) {
    return text(name).lines().toList();
  }

  static Family family(String id) {
    Map<String, Object> file = yaml("families/" + id + ".yaml");
    return new Family(
        id,
        bilingual(map(file, "why")),
        bilingual(map(file, "harmless")),
        texts(file.get("steps")),
        check(map(file, "check")),
        file.containsKey("connection") ? check(map(file, "connection")) : null);
  }

  private static Family.Check check(Map<String, Object> check) {
    return new Family.Check(bilingual(check), String.valueOf(check.get("query")));
  }

  static Playbook playbook() {
    Map<String, Object> file = yaml("actions.yaml");
    Map<String, Step> actions = new LinkedHashMap<>();
    for (String id : map(file, "actions").keySet()) {
      actions.put(id, step(id, map(map(file, "actions"), id)));
    }
    Map<String, Map<String, String>> kinds = new LinkedHashMap<>();
    for (String name : map(file, "kinds").keySet()) {
      Map<String, String> choices = new LinkedHashMap<>();
      map(map(file, "kinds"), name).forEach((kind, id) -> choices.put(kind, String.valueOf(id)));
      kinds.put(name, choices);
    }
    return new Playbook(actions, kinds);
  }

  private static Step step(String id, Map<String, Object> action) {
    return new Step(
        id,
        bilingual(action),
        action.containsKey("undo") ? bilingual(map(action, "undo")) : null,
        action.containsKey("final") ? bilingual(map(action, "final")) : null,
        action.containsKey("note") ? bilingual(map(action, "note")) : null,
        texts(action.get("commands")));
  }

  private static Bilingual bilingual(Map<String, Object> map) {
    return new Bilingual(String.valueOf(map.get("en")), String.valueOf(map.get("ja")));
  }

  private static List<String> texts(@Nullable Object list) {
    return list instanceof List<?> items ? items.stream().map(String::valueOf).toList() : List.of();
  }

  private static Map<String, Object> map(Map<String, Object> parent, String key) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (parent.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    }
    return copy;
  }

  private static Map<String, Object> yaml(String name) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(name));
    Map<String, Object> holder = new LinkedHashMap<>();
    holder.put("file", loaded);
    return map(holder, "file");
  }

  private static String text(String name) {
    try (InputStream in = CatalogueFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the catalogue has no file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
