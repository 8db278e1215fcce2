package dev.yagura.node.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.lib.Importable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The words of Jinja2 that templates may use (Jinja2 3.1, "Template Designer Documentation": list
 * of builtin filters, tests, global functions). What the engine has beyond them is off: a template
 * that works here works in Dify.
 */
final class JinjaLanguage {
  private static final Set<String> TAGS =
      Set.of(
          "for",
          "endfor",
          "else",
          "elif",
          "if",
          "endif",
          "set",
          "endset",
          "macro",
          "endmacro",
          "call",
          "endcall",
          "filter",
          "raw",
          "endraw",
          "endfilter");

  static final Set<String> FILTERS =
      Set.of(
          "abs",
          "batch",
          "capitalize",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "filesizeformat",
          "first",
          "float",
          "forceescape",
          "format",
          "groupby",
          "indent",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "max",
          "min",
          "random",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "slice",
          "sort",
          "string",
          "striptags",
          "sum",
          "title",
          "tojson",
          "trim",
          "truncate",
          "unique",
          "upper",
          "urlencode",
          "urlize",
          "wordcount",
          "xmlattr");

  private static final Set<String> FUNCTIONS = Set.of(":range", ":namespace");

  private JinjaLanguage() {}

  static Map<Library, Set<String>> notInJinja2() {
    Context all = new Jinjava().getGlobalContext();
    Map<Library, Set<String>> off = new LinkedHashMap<>();
    off.put(Library.TAG, except(all.getAllTags(), TAGS));
    off.put(Library.FILTER, except(all.getAllFilters(), FILTERS));
    off.put(Library.FUNCTION, except(all.getAllFunctions(), FUNCTIONS));
    return off;
  }

  private static Set<String> except(Collection<? extends Importable> all, Set<String> kept) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !kept.contains(name))
        .collect(Collectors.toSet());
  }
}
