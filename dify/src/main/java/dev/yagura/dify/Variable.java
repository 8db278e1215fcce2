package dev.yagura.dify;

import dev.yagura.graph.value.Value;

/**
 * An environment or conversation variable (dify-contract §1.6).
 *
 * @param type {@code string}, {@code secret}, {@code number}, {@code object}, {@code array[…]} …
 */
public record Variable(String name, String type, Value value, String description) {
  public boolean isSecret() {
    return type.equals("secret");
  }

  @Override
  public String toString() {
    return name + ": " + type + (isSecret() ? "" : " = " + value);
  }
}
