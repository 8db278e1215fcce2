package dev.yagura.node.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter that takes a step of the budget and neither takes nor gives too long texts. */
record GuardedFilter(Filter filter) implements Filter {
  static void guardAll(Context context) {
    List.copyOf(context.getAllFilters())
        .forEach(filter -> context.registerFilter(new GuardedFilter(filter)));
  }

  @Override
  public String getName() {
    return filter.getName();
  }

  @Override
  public boolean preserveSafeString() {
    return filter.preserveSafeString();
  }

  @Override
  public @Nullable Object filter(
      @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
    RenderBudget.step();
    return Weight.check(filter.filter(Weight.check(plain(value)), interpreter, arguments));
  }

  @Override
  public @Nullable Object filter(
      @Nullable Object value,
      JinjavaInterpreter interpreter,
      Object[] arguments,
      Map<String, Object> named) {
    RenderBudget.step();
    return Weight.check(filter.filter(Weight.check(plain(value)), interpreter, arguments, named));
  }

  /** Nothing is escaped by itself here, so nothing needs to be marked as safe. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof SafeString safe ? safe.getValue() : value;
  }
}
