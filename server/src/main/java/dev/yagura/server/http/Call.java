package dev.yagura.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request of the administrator, from the network or from the command line. */
public interface Call {
  /** A part of the path in braces. */
  String path(String name);

  /** A parameter of the query, or the fallback. */
  String query(String name, String fallback);

  /** The body as JSON; an empty object where there is none. */
  ObjectNode json();

  /** The body as bytes, not longer than the limit of the operation. */
  InputStream bytes();

  /** {@code null} when the caller is the administrator. */
  default @Nullable Caller caller() {
    return null;
  }
}
