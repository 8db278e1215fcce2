package dev.yagura.knowledge.index;

import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.ja.JapaneseAnalyzer;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.pattern.PatternTokenizer;

/**
 * How text becomes terms. Each text is indexed three times: as Japanese (Kuromoji), as words of any
 * language (ICU, English stems), and as the names that must match exactly (finding types, ARNs, API
 * names, CVE numbers).
 */
final class Analyzers {
  static final String JAPANESE = "ja";
  static final String WORDS = "words";
  static final String NAMES = "names";
  static final String HEADING = "heading";
  static final String KEYWORDS = "keywords";

  /** The names that a heading holds. */
  static final String TITLES = "titles";

  private static final int LONGEST_TERM = 300;

  private Analyzers() {}

  static Analyzer all() {
    return new PerFieldAnalyzerWrapper(
        new Words(),
        Map.of(
            JAPANESE,
            new JapaneseAnalyzer(),
            NAMES,
            new Names(),
            KEYWORDS,
            new Names(),
            TITLES,
            new Names(),
            HEADING,
            new Words()));
  }

  /** Words, and the parts of compound names: PortProbeUnprotectedPort is port, probe and so on. */
  private static final class Words extends Analyzer {
    private static final int PARTS =
        WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source = new ICUTokenizer();
      TokenStream stream = new WordDelimiterGraphFilter(source, PARTS, null);
      stream = new ICUFoldingFilter(stream);
      return new TokenStreamComponents(
          source, new PorterStemFilter(new LengthFilter(stream, 1, LONGEST_TERM)));
    }
  }

  /** What stands between blanks, brackets and quotes, and holds a mark or a digit inside. */
  private static final class Names extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer source =
          new PatternTokenizer(
              java.util.regex.Pattern.compile("[A-Za-z0-9][A-Za-z0-9:/!&._*-]*[A-Za-z0-9*]"), 0);
      return new TokenStreamComponents(
          source, new LowerCaseFilter(new LengthFilter(source, 2, LONGEST_TERM)));
    }
  }
}
