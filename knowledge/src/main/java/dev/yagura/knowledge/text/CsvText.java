package dev.yagura.knowledge.text;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Tables as text: a line is a block, each value with the name of its column. */
final class CsvText implements TextExtractor {
  @Override
  public Set<String> extensions() {
    return Set.of("csv", "tsv");
  }

  @Override
  public List<Block> read(String name, Path file) {
    String text = PlainText.content(name, file);
    char delimiter = name.endsWith(".tsv") ? '\t' : delimiter(text);
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .setLenientEof(true)
            .get();
    List<Block> blocks = new ArrayList<>();
    var rows = new Rows(name, blocks);
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      for (CSVRecord record : parser) {
        rows.add(record.toList());
      }
    } catch (IOException | UncheckedIOException | IllegalStateException broken) {
      throw Extractors.unusable(
          name,
          "damaged (" + broken.getMessage() + ") (expected: a table of comma-separated text)");
    }
    return blocks;
  }

  /** What the first line has most of. */
  private static char delimiter(String text) {
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(mark -> first.chars().filter(c -> c == mark).count()))
        .orElse(',');
  }
}
