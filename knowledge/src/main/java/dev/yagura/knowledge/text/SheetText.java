package dev.yagura.knowledge.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.util.XMLHelper;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler;
import org.apache.poi.xssf.eventusermodel.XSSFSheetXMLHandler.SheetContentsHandler;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFComment;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/** XLSX, read row by row: a sheet is a heading, a row a block with the names of its columns. */
final class SheetText implements TextExtractor {
  private static final int MAX_COLUMNS = 1_000;
  private static final int MAX_SHEETS = 500;

  @Override
  public Set<String> extensions() {
    return Set.of("xlsx");
  }

  @Override
  public List<Block> read(String name, Path file) {
    return OfficeFiles.read(name, file, office -> read(name, office));
  }

  private static List<Block> read(String name, OPCPackage office)
      throws IOException, OpenXML4JException, SAXException {
    var strings = new ReadOnlySharedStringsTable(office);
    var reader = new XSSFReader(office);
    StylesTable styles = reader.getStylesTable();
    List<Block> blocks = new ArrayList<>();
    var rows = new SheetRows(new Rows(name, blocks));
    var sheets = (XSSFReader.SheetIterator) reader.getSheetsData();
    for (int count = 1; sheets.hasNext(); count++) {
      if (count > MAX_SHEETS) {
        throw Extractors.unusable(
            name, "more than " + MAX_SHEETS + " sheets (expected: at most that)");
      }
      try (InputStream sheet = sheets.next()) {
        blocks.add(new Block(1, sheets.getSheetName(), 0));
        rows.rows.begin();
        XMLReader parser = parser();
        parser.setContentHandler(
            new XSSFSheetXMLHandler(styles, null, strings, rows, new DataFormatter(), false));
        parser.parse(new InputSource(sheet));
      }
    }
    return blocks;
  }

  private static XMLReader parser() throws SAXException {
    try {
      return XMLHelper.newXMLReader();
    } catch (javax.xml.parsers.ParserConfigurationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Gathers the cells of a row; those that are left out are empty. */
  private static final class SheetRows implements SheetContentsHandler {
    private final Rows rows;
    private List<String> cells = new ArrayList<>();

    private SheetRows(Rows rows) {
      this.rows = rows;
    }

    @Override
    public void startRow(int number) {
      cells = new ArrayList<>();
    }

    @Override
    public void endRow(int number) {
      rows.add(cells);
    }

    @Override
    public void cell(@Nullable String reference, String value, @Nullable XSSFComment comment) {
      int column = reference == null ? cells.size() : new CellReference(reference).getCol();
      while (cells.size() < Math.min(column, MAX_COLUMNS)) {
        cells.add("");
      }
      if (cells.size() < MAX_COLUMNS) {
        cells.add(value);
      }
    }
  }
}
