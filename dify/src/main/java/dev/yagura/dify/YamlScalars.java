package dev.yagura.dify;

import dev.yagura.graph.value.Value;
import java.math.BigInteger;
import java.util.Locale;

/** The values of YAML 1.1 scalars whose kind {@link PyYamlResolver} has decided. */
final class YamlScalars {
  private YamlScalars() {}

  static Value bool(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Value.bool(lower.equals("yes") || lower.equals("true") || lower.equals("on"));
  }

  /**
   * Decimal, {@code 0b}, {@code 0} (octal), {@code 0x} and base 60. Beyond 64 bits it becomes a
   * float.
   */
  static Value integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    BigInteger number;
    if (digits.startsWith("0b")) {
      number = new BigInteger(digits.substring(2), 2);
    } else if (digits.startsWith("0x")) {
      number = new BigInteger(digits.substring(2), 16);
    } else if (digits.indexOf(':') >= 0) {
      number = base60(digits);
    } else {
      number = new BigInteger(digits, digits.startsWith("0") && digits.length() > 1 ? 8 : 10);
    }
    BigInteger signed = negative ? number.negate() : number;
    return signed.bitLength() < 64
        ? Value.integer(signed.longValue())
        : new Value.Real(signed.doubleValue());
  }

  private static BigInteger base60(String digits) {
    BigInteger number = BigInteger.ZERO;
    for (String part : digits.split(":")) {
      number = number.multiply(BigInteger.valueOf(60)).add(new BigInteger(part));
    }
    return number;
  }

  static Value real(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (digits.endsWith(".inf")) {
      return new Value.Real(
          digits.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (digits.equals(".nan")) {
      return new Value.Real(Double.NaN);
    }
    if (digits.indexOf(':') >= 0) {
      boolean negative = digits.startsWith("-");
      double number = 0;
      for (String part : digits.replaceFirst("^[-+]", "").split(":")) {
        number = number * 60 + Double.parseDouble(part);
      }
      return new Value.Real(negative ? -number : number);
    }
    return new Value.Real(Double.parseDouble(digits));
  }
}
