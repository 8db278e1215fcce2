package dev.yagura.node.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.mode.ExecutionMode;
import dev.yagura.base.Failure;
import dev.yagura.graph.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Jinja2 by Jinjava, locked down: no includes, imports or loading of anything, bounded output,
 * depth, ranges and steps. Values print as Python prints them.
 */
final class JinjaTemplates {
  private static final int MAX_OUTPUT = 4 * TemplateTransformNode.MAX_LENGTH;
  private static final int MAX_RANGE = 10_000;

  private final Jinjava jinjava;

  JinjaTemplates() {
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withMaxOutputSize(MAX_OUTPUT)
            .withMaxStringLength(MAX_OUTPUT)
            .withMaxRenderDepth(20)
            .withRangeLimit(MAX_RANGE)
            .withMaxMacroRecursionDepth(10)
            .withNestedInterpretationEnabled(false)
            .withFailOnUnknownTokens(false)
            .withKeepTrailingNewline(false)
            .withEnablePreciseDivideFilter(true)
            .withDisabled(
                Map.of(
                    Context.Library.TAG,
                    Set.of("include", "import", "from", "extends", "block", "cycle", "do")))
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

  String render(String template, Map<String, Value> variables) {
    Map<String, Object> bindings = new LinkedHashMap<>();
    variables.forEach((name, value) -> bindings.put(name, PythonValues.toTemplate(value)));
    RenderResult result = jinjava.renderForResult(template, bindings);
    for (TemplateError error : result.getErrors()) {
      if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
        throw Failure.user(
                "", "Template error in line " + error.getLineno() + ": " + error.getMessage())
            .asException();
      }
    }
    return result.getOutput();
  }
}
