package dev.yagura.node.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes a setting of a node: a component of the record of its settings. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** The name in DSL files; by default the component's name in snake_case. */
  String name() default "";

  /** What it means, for the form and the documentation. */
  String doc() default "";

  /** What it is when the file does not say. */
  String orElse() default "";
}
