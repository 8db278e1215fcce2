package dev.yagura.node.start;

import dev.yagura.graph.value.Value;
import dev.yagura.node.config.Setting;
import java.util.List;

/**
 * One input of a workflow.
 *
 * @param variable its name
 * @param label what people call it
 * @param type {@code text-input}, {@code paragraph}, {@code select}, {@code number}, {@code
 *     checkbox}, {@code file}, {@code file-list} or {@code json_object}
 * @param required whether it must be given
 * @param maxLength most characters (code points) of a text, most files of a list; 0 for any
 * @param options the choices of a select
 * @param fallback what it is when it is not given
 * @param jsonSchema of a json_object; not checked yet
 */
public record InputField(
    String variable,
    String label,
    String type,
    boolean required,
    int maxLength,
    List<String> options,
    @Setting(name = "default") Value fallback,
    Value jsonSchema) {}
