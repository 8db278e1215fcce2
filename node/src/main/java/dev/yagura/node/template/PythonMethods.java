package dev.yagura.node.template;

import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import dev.yagura.base.Failure;
import dev.yagura.graph.value.Py;
import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * The only methods that templates can call: Python's on texts, lists and dicts. Everything else
 * that Java offers on an object is out of reach. Also {@code text[index]}.
 */
final class PythonMethods extends ELResolver {
  private static final Set<String> LIST =
      Set.of("append", "extend", "insert", "index", "count", "copy", "reverse");
  private static final Set<String> DICT = Set.of("keys", "values", "items", "update", "copy");

  @Override
  public @Nullable Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] given) {
    Object[] parameters = given == null ? new Object[0] : given;
    String name = String.valueOf(method);
    if (base instanceof String || base instanceof SafeString) {
      String[] arguments = Arrays.stream(parameters).map(PythonValues::str).toArray(String[]::new);
      Object result = PythonStrings.call(base.toString(), name, arguments);
      context.setPropertyResolved(true);
      return result;
    }
    if (base instanceof Map<?, ?> map && name.equals("get") && parameters.length > 0) {
      context.setPropertyResolved(true);
      Object found = map.get(PythonValues.str(parameters[0]));
      return found != null ? found : parameters.length > 1 ? parameters[1] : PythonValues.None.NONE;
    }
    boolean allowed =
        switch (base) {
          case List<?> list -> LIST.contains(name);
          case Map<?, ?> map -> DICT.contains(name);
          default -> base instanceof Filter || base instanceof ExpTest;
        };
    if (!allowed) {
      throw Failure.user("", "there is no method '" + name + "' in templates").asException();
    }
    if (!(base instanceof Filter) && !(base instanceof ExpTest)) {
      RenderBudget.step();
      Weight.check(base);
    }
    return null;
  }

  @Override
  public @Nullable Object getValue(ELContext context, Object base, Object property) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    Double number = Py.parseFloat(String.valueOf(property));
    int length = text.codePointCount(0, text.length());
    int at = number == null ? length : number.intValue() + (number < 0 ? length : 0);
    return at < 0 || at >= length
        ? null
        : Character.toString(text.codePointAt(text.offsetByCodePoints(0, at)));
  }

  @Override
  public @Nullable Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public @Nullable Class<?> getCommonPropertyType(ELContext context, Object base) {
    return null;
  }
}
