package dev.yagura.knowledge.index;

import dev.yagura.knowledge.Hit;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * BM25 over three readings of the text, and vectors where there are some. The score of the words is
 * the BM25 score b as b/(b+10), that of a vector its cosine; a hybrid score is their weighted mean.
 */
final class SegmentSearch {
  private static final double HALF = 10;
  private static final int CANDIDATES = 50;
  private static final Set<String> NAMES =
      Set.of(Analyzers.NAMES, Analyzers.TITLES, Analyzers.KEYWORDS);
  private static final int MAX_TERMS = 128;
  private static final float NAME_BOOST = 4;
  private static final float TITLE_BOOST = 60;
  private static final float KEYWORD_BOOST = 40;
  private static final float HEADING_BOOST = 1.5f;

  /** A section about a type that the query was only guessed to be about. */
  private static final float GUESS_BOOST = 20;

  private final Analyzer analyzer = Analyzers.all();

  /** What the stages gave a document. */
  private static final class Scores {
    private @Nullable Double words;
    private @Nullable Double vector;

    double total(double vectorWeight) {
      return (1 - vectorWeight) * orZero(words) + vectorWeight * orZero(vector);
    }

    private static double orZero(@Nullable Double score) {
      return score == null ? 0 : score;
    }
  }

  List<Found> run(IndexSearcher searcher, IndexQuery query) throws IOException {
    int candidates = Math.max(CANDIDATES, query.most());
    Query filter = filter(query);
    Map<Integer, Scores> scores = new HashMap<>();
    if (!query.text().isEmpty()) {
      for (ScoreDoc hit : searcher.search(text(query, filter), candidates).scoreDocs) {
        scores.computeIfAbsent(hit.doc, doc -> new Scores()).words = hit.score / (hit.score + HALF);
      }
    }
    boolean near = false;
    for (IndexQuery.QueryVector vector : query.vectors()) {
      String field = IndexDocuments.vectorField(vector.model(), vector.numbers().length);
      var nearest =
          new KnnFloatVectorQuery(field, IndexDocuments.unit(vector.numbers()), candidates, filter);
      for (ScoreDoc hit : searcher.search(nearest, candidates).scoreDocs) {
        scores.computeIfAbsent(hit.doc, doc -> new Scores()).vector =
            Math.max(0.0, 2 * hit.score - 1);
        near = true;
      }
    }
    // Where nothing has a vector, the words count whole.
    double weight = query.text().isEmpty() ? 1 : near ? query.vectorWeight() : 0;
    return best(searcher, scores, weight, query.most());
  }

  private static List<Found> best(
      IndexSearcher searcher, Map<Integer, Scores> scores, double weight, int most)
      throws IOException {
    Comparator<Map.Entry<Integer, Scores>> byScore =
        Comparator.comparingDouble(entry -> -entry.getValue().total(weight));
    List<Map.Entry<Integer, Scores>> best =
        scores.entrySet().stream()
            .sorted(byScore.thenComparing(Map.Entry.comparingByKey()))
            .toList();
    List<Found> found = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Map.Entry<Integer, Scores> entry : best) {
      if (found.size() == most) {
        break;
      }
      Document document = searcher.storedFields().document(entry.getKey());
      // While a newer revision comes in, a segment can be there twice.
      if (seen.add(document.get(IndexDocuments.ID))) {
        found.add(found(document, entry.getValue(), weight));
      }
    }
    return found;
  }

  private static Query filter(IndexQuery query) {
    Query bases = in(IndexDocuments.BASE, query.bases());
    List<String> documents = query.documents();
    return documents == null
        ? bases
        : new BooleanQuery.Builder()
            .add(bases, Occur.FILTER)
            .add(in(IndexDocuments.DOCUMENT, documents), Occur.FILTER)
            .build();
  }

  private static Query in(String field, List<String> values) {
    return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
  }

  private Query text(IndexQuery query, Query filter) throws IOException {
    var words = new BooleanQuery.Builder();
    String text = query.text();
    addTerms(words, Analyzers.JAPANESE, text, 1);
    addTerms(words, Analyzers.WORDS, text, 1);
    addTerms(words, Analyzers.HEADING, text, HEADING_BOOST);
    addTerms(words, Analyzers.NAMES, text, NAME_BOOST);
    addTerms(words, Analyzers.TITLES, text, TITLE_BOOST);
    addTerms(words, Analyzers.KEYWORDS, text, KEYWORD_BOOST);
    for (Map.Entry<String, Double> name : query.names().entrySet()) {
      addTerms(words, Analyzers.TITLES, name.getKey(), GUESS_BOOST * name.getValue().floatValue());
    }
    return new BooleanQuery.Builder()
        .add(words.build(), Occur.MUST)
        .add(filter, Occur.FILTER)
        .build();
  }

  private void addTerms(BooleanQuery.Builder words, String field, String text, float boost)
      throws IOException {
    for (String term : terms(field, text)) {
      if (!NAMES.contains(field) || term.matches(".*[:/._!&-].*|.*\\d.*")) {
        Query query = new TermQuery(new Term(field, term));
        // A section that bears the name comes first, one of a page about it next, whatever else
        // they hold.
        boolean whole = field.equals(Analyzers.TITLES) || field.equals(Analyzers.KEYWORDS);
        words.add(
            new BoostQuery(whole ? new ConstantScoreQuery(query) : query, boost), Occur.SHOULD);
      }
    }
  }

  private Set<String> terms(String field, String query) throws IOException {
    Set<String> terms = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream(field, new StringReader(query))) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken() && terms.size() < MAX_TERMS) {
        terms.add(term.toString());
      }
      stream.end();
    }
    return terms;
  }

  private static Found found(Document document, Scores scores, double weight) {
    var hit =
        new Hit(
            document.get(IndexDocuments.ID),
            document.get(IndexDocuments.BASE),
            document.get("baseName"),
            document.get(IndexDocuments.DOCUMENT),
            document.get("documentName"),
            document.getField("position").numericValue().intValue(),
            document.get("headings"),
            document.get("text"),
            document.get("answer"),
            document.getField("page").numericValue().intValue(),
            scores.total(weight),
            new Hit.Stages(scores.words, scores.vector, null),
            List.of());
    return new Found(hit, document.get("parent"));
  }
}
