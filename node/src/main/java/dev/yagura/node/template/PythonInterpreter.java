package dev.yagura.node.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;

/** Reads every expression as Jinja2 does before the engine gets it. */
final class PythonInterpreter extends JinjavaInterpreter {
  static final InterpreterFactory FACTORY =
      new InterpreterFactory() {
        @Override
        public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
          return new PythonInterpreter(original);
        }

        @Override
        public JinjavaInterpreter newInstance(
            Jinjava application, Context context, JinjavaConfig config) {
          return new PythonInterpreter(application, context, config);
        }
      };

  private PythonInterpreter(JinjavaInterpreter original) {
    super(original);
  }

  private PythonInterpreter(Jinjava application, Context context, JinjavaConfig config) {
    super(application, context, config);
  }

  @Override
  public Object resolveELExpression(String expression, int line) {
    return Weight.check(super.resolveELExpression(JinjaExpression.prepare(expression), line));
  }

  @Override
  public Object resolveELExpression(String expression, int line, int position) {
    return Weight.check(
        super.resolveELExpression(JinjaExpression.prepare(expression), line, position));
  }

  @Override
  public Object resolveELExpressionSilently(String expression) {
    return Weight.check(super.resolveELExpressionSilently(JinjaExpression.prepare(expression)));
  }
}
