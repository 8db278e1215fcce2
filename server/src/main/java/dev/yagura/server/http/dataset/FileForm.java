package dev.yagura.server.http.dataset;

import dev.yagura.base.Boundary;
import dev.yagura.base.Failure;
import dev.yagura.base.FlowException;
import dev.yagura.knowledge.text.Extractors;
import dev.yagura.server.Cleaning;
import dev.yagura.server.Engine;
import dev.yagura.server.http.IncomingFile;
import dev.yagura.server.http.Json;
import io.javalin.http.Context;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A form with a file and, as JSON in the field {@code data}, what is said about it. Whatever is
 * large goes to disk as it comes in.
 *
 * @param files at most one
 */
record FileForm(List<Part> files, Fields data) {
  private static final int IN_MEMORY = 64 << 10;
  private static final int MAX_DATA = 1 << 20;
  private static final int MAX_NAME = 200;
  private static final String FORBIDDEN = ".*[/\\\\:*?\"<>|\\p{Cntrl}].*";

  static FileForm of(Context context, Engine engine) {
    Collection<Part> parts = parts(context, engine.config().data().resolve(Cleaning.INCOMING));
    List<Part> files = parts.stream().filter(part -> part.getName().equals("file")).toList();
    if (files.size() > 1) {
      throw Failure.user("too_many_files", "Only one file is allowed.").asException();
    }
    return new FileForm(files, data(parts));
  }

  private static Fields data(Collection<Part> parts) {
    Part data =
        parts.stream().filter(part -> part.getName().equals("data")).findFirst().orElse(null);
    if (data == null) {
      return Fields.NONE;
    }
    if (data.getSize() > MAX_DATA) {
      throw tooLarge("data is larger than " + MAX_DATA + " bytes");
    }
    try (InputStream content = data.getInputStream()) {
      return Fields.of(Json.read(content.readAllBytes()));
    } catch (IOException broken) {
      throw brokenOff(broken);
    }
  }

  @Boundary("what the form's parser throws is the sender's mistake")
  private static Collection<Part> parts(Context context, Path folder) {
    try {
      Files.createDirectories(folder);
      context
          .req()
          .setAttribute(
              "org.eclipse.jetty.multipartConfig",
              new MultipartConfigElement(
                  folder.toString(),
                  Extractors.MAX_BYTES,
                  Extractors.MAX_BYTES + MAX_DATA + IN_MEMORY,
                  IN_MEMORY));
      return context.req().getParts();
    } catch (Exception broken) {
      for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
        if (String.valueOf(cause.getMessage()).contains("exceed")) {
          throw tooLarge("File size exceeded.");
        }
      }
      throw new FlowException(
          Failure.user(
              "bad_request", "the form cannot be read (expected: multipart/form-data with a file)"),
          broken);
    }
  }

  private static FlowException tooLarge(String what) {
    return Failure.limit(
            "file_too_large",
            what + " (expected: at most " + (Extractors.MAX_BYTES >> 20) + " MB in all)")
        .asException();
  }

  private static FlowException brokenOff(IOException why) {
    return new FlowException(
        Failure.user("bad_request", "the form broke off (expected: all of it)"), why);
  }

  boolean hasFile() {
    return !files.isEmpty();
  }

  /** The name of the file, which must be one that can be read. */
  String name() {
    if (!hasFile()) {
      throw Failure.user("no_file_uploaded", "Please upload your file.").asException();
    }
    String name = files.getFirst().getSubmittedFileName();
    if (name == null || name.isBlank()) {
      throw Failure.user("filename_not_exists_error", "The specified filename does not exist.")
          .asException();
    }
    if (name.length() > MAX_NAME || name.matches(FORBIDDEN)) {
      throw Fields.invalidParam("Filename contains invalid characters or more than " + MAX_NAME);
    }
    if (!Extractors.reads(name)) {
      throw Failure.user(
              "unsupported_file_type",
              "File type not allowed. (expected: " + Extractors.kinds() + ")")
          .asException();
    }
    return name;
  }

  IncomingFile receive(Engine engine) {
    try (InputStream content = files.getFirst().getInputStream()) {
      return IncomingFile.receive(engine, content);
    } catch (IOException broken) {
      throw brokenOff(broken);
    }
  }
}
