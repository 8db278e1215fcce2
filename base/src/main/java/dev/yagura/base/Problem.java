package dev.yagura.base;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in something a person wrote. Validation returns all of them at once and
 * never throws.
 *
 * @param severity whether the thing can be used all the same
 * @param code the stable name of the problem
 * @param message what is wrong and what was expected
 * @param place where it is
 * @param suggestion what to write instead, where that is known
 */
public record Problem(
    Severity severity, String code, String message, Place place, @Nullable String suggestion) {

  /** Whether the thing can be used all the same. */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE
  }

  /**
   * Where a problem is.
   *
   * @param source the file as the user named it, or empty
   * @param line counted from 1; 0 when unknown
   * @param column counted from 1; 0 when unknown
   * @param subject the node, key or item that the problem is about, or empty
   */
  public record Place(String source, int line, int column, String subject) {
    public static final Place NOWHERE = new Place("", 0, 0, "");

    public Place about(String newSubject) {
      return new Place(source, line, column, newSubject);
    }

    /** {@code file:line:column}, as compilers write it; parts that are unknown are left out. */
    @Override
    public String toString() {
      var text = new StringBuilder(source);
      if (line > 0) {
        text.append(text.isEmpty() ? "line " : ":").append(line).append(':').append(column);
      }
      return text.toString();
    }
  }

  public static Problem error(String code, String message, Place place) {
    return new Problem(Severity.ERROR, code, message, place, null);
  }

  public static Problem warning(String code, String message, Place place) {
    return new Problem(Severity.WARNING, code, message, place, null);
  }

  public static Problem note(String code, String message, Place place) {
    return new Problem(Severity.NOTE, code, message, place, null);
  }

  public Problem suggest(@Nullable String text) {
    return new Problem(severity, code, message, place, text);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /**
   * One line for a terminal: place, severity, message, suggestion; nothing in it can move the
   * cursor or add a line.
   */
  @Override
  public String toString() {
    String where = place.toString();
    String about = place.subject().isEmpty() ? "" : place.subject() + ": ";
    String hint = suggestion == null ? "" : " (did you mean " + suggestion + "?)";
    String line =
        (where.isEmpty() ? "" : where + ": ")
            + severity.name().toLowerCase(Locale.ROOT)
            + ": "
            + about
            + message
            + hint;
    return line.replaceAll("\\p{Cntrl}", " ");
  }
}
