package dev.yagura.server;

/** Small workflows for tests of the server. */
public final class TestWorkflows {
  private TestWorkflows() {}

  /** Gives its input back through a template; {@code wait} takes that many rounds of a loop. */
  public static String echo(String name) {
    return """
    version: '0.3.1'
    kind: app
    app: {name: %s, mode: workflow, description: Says what it hears}
    workflow:
      graph:
        nodes:
        - {id: start, type: custom, data: {type: start, title: Start, variables: [
            {variable: query, label: Query, type: paragraph, required: true, max_length: 200000},
            {variable: file, label: File, type: file, required: false}]}}
        - {id: say, type: custom, data: {type: template-transform, title: Say, template: 'You said {{ q }}',
            variables: [{variable: q, value_selector: [start, query]}]}}
        - {id: end, type: custom, data: {type: end, title: End, outputs: [
            {variable: answer, value_selector: [say, output]},
            {variable: query, value_selector: [start, query]}]}}
        edges:
        - {id: a, source: start, sourceHandle: source, target: say}
        - {id: b, source: say, sourceHandle: source, target: end}
    """
        .formatted(name);
  }

  /** Asks a model. */
  public static String ask(String name, String provider, String model) {
    return """
    version: '0.3.1'
    kind: app
    app: {name: %s, mode: workflow}
    workflow:
      graph:
        nodes:
        - {id: start, type: custom, data: {type: start, title: Start, variables: [
            {variable: query, label: Query, type: paragraph, required: true}]}}
        - {id: llm, type: custom, data: {type: llm, title: Ask,
            model: {provider: %s, name: '%s', mode: chat, completion_params: {max_tokens: 100}},
            prompt_template: [{role: user, text: '{{#start.query#}}'}]}}
        - {id: end, type: custom, data: {type: end, title: End, outputs: [
            {variable: text, value_selector: [llm, text]}]}}
        edges:
        - {id: a, source: start, sourceHandle: source, target: llm}
        - {id: b, source: llm, sourceHandle: source, target: end}
    """
        .formatted(name, provider, model);
  }
}
