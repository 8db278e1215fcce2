package dev.yagura.node.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.mode.ExecutionMode;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.graph.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELResolver;

/**
 * Jinja2 by Jinjava, locked down: no includes, imports or loading of anything, no filters and
 * functions that Jinja2 does not have, bounded output, depth, ranges, steps and time. Values print
 * as Python prints them.
 */
public final class JinjaTemplates {
  private static final int MAX_OUTPUT = 4 * TemplateTransformNode.MAX_LENGTH;
  private static final int MAX_RANGE = 10_000;

  private final Jinjava jinjava;

  public JinjaTemplates() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withMaxOutputSize(MAX_OUTPUT)
            .withMaxStringLength(MAX_OUTPUT)
            .withMaxListSize(MAX_OUTPUT)
            .withMaxMapSize(MAX_OUTPUT)
            .withMaxRenderDepth(20)
            .withRangeLimit(MAX_RANGE)
            .withEnableRecursiveMacroCalls(true)
            .withMaxMacroRecursionDepth(10)
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(false)
            .withKeepTrailingNewline(true)
            .withEnablePreciseDivideFilter(true)
            .withLegacyOverrides(
                LegacyOverrides.newBuilder()
                    .withIterateOverMapKeys(true)
                    .withEvaluateMapKeys(true)
                    .withKeepNullableLoopValues(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withParseWhitespaceControlStrictly(true)
                    .build())
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor((node, interpreter) -> RenderBudget.step())
                    .build())
            .withInterperterFactory(PythonInterpreter.FACTORY)
            .withElResolver(resolver())
            .withDisabled(JinjaLanguage.notInJinja2())
            .withExecutionMode(
                new ExecutionMode() {
                  @Override
                  public void prepareContext(Context context) {
                    context.setExpressionStrategy(new PythonOutput());
                  }
                })
            .build();
    this.jinjava = new Jinjava(config);
    jinjava.setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new ResourceNotFoundException("templates load nothing: " + name);
        });
    PythonFilters.register(jinjava.getGlobalContext());
  }

  private static ELResolver resolver() {
    var resolver = new CompositeELResolver();
    resolver.add(new PythonMethods());
    resolver.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return resolver;
  }

  public String render(String template, Map<String, Value> variables) {
    Map<String, Object> bindings = new LinkedHashMap<>();
    variables.forEach((name, value) -> bindings.put(name, PythonValues.toTemplate(value)));
    bindings.putIfAbsent("none", PythonValues.None.NONE);
    bindings.putIfAbsent("None", PythonValues.None.NONE);
    RenderResult result = result(JinjaSource.trimmed(template), bindings);
    for (TemplateError error : result.getErrors()) {
      throw failure(error);
    }
    return result.getOutput();
  }

  private RenderResult result(String template, Map<String, Object> bindings) {
    try {
      return RenderBudget.spending(() -> jinjava.renderForResult(template, bindings));
    } catch (StackOverflowError tooDeep) {
      throw Failure.limit("", "the template or a value in it is nested too deep").asException();
    }
  }

  /** Our own failures pass through the engine as causes. */
  private static FlowException failure(TemplateError error) {
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof FlowException ours) {
        return ours;
      }
    }
    String where = error.getLineno() > 0 ? " in line " + error.getLineno() : "";
    return Failure.user("", "Template error" + where + ": " + error.getMessage()).asException();
  }
}
