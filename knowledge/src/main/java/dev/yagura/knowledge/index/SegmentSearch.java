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

/**
 * BM25 over three readings of the text, and vectors where there are some. The score of a hit is the
 * BM25 score b as b/(b+10), or the mean of that and the cosine where the bases have vectors.
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

  private final Analyzer analyzer = Analyzers.all();

  List<Hit> run(
      IndexSearcher searcher,
      List<String> bases,
      String query,
      float[] vector,
      String model,
      int topK)
      throws IOException {
    Query inBases =
        new TermInSetQuery(SegmentIndex.BASE, bases.stream().map(BytesRef::new).toList());
    int candidates = Math.max(CANDIDATES, topK);
    Map<Integer, Double> scores = new HashMap<>();
    for (ScoreDoc hit : searcher.search(text(query, inBases), candidates).scoreDocs) {
      scores.put(hit.doc, hit.score / (hit.score + HALF));
    }
    if (vector.length > 0) {
      fuse(searcher, scores, vector, model, candidates, inBases);
    }
    List<Map.Entry<Integer, Double>> best =
        scores.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(topK)
            .toList();
    List<Hit> hits = new ArrayList<>();
    for (Map.Entry<Integer, Double> entry : best) {
      hits.add(hit(searcher.storedFields().document(entry.getKey()), entry.getValue()));
    }
    return hits;
  }

  /** Both scores lie between 0 and 1; a segment that only one side found has 0 from the other. */
  private static void fuse(
      IndexSearcher searcher,
      Map<Integer, Double> scores,
      float[] vector,
      String model,
      int candidates,
      Query inBases)
      throws IOException {
    String field = SegmentIndex.vectorField(model, vector.length);
    var near = new KnnFloatVectorQuery(field, vector, candidates, inBases);
    ScoreDoc[] found = searcher.search(near, candidates).scoreDocs;
    if (found.length == 0) {
      return;
    }
    scores.replaceAll((document, score) -> score / 2);
    for (ScoreDoc hit : found) {
      double cosine = Math.max(0, 2 * hit.score - 1);
      scores.merge(hit.doc, cosine / 2, Double::sum);
    }
  }

  private Query text(String query, Query inBases) throws IOException {
    var words = new BooleanQuery.Builder();
    addTerms(words, Analyzers.JAPANESE, query, 1);
    addTerms(words, Analyzers.WORDS, query, 1);
    addTerms(words, Analyzers.HEADING, query, HEADING_BOOST);
    addTerms(words, Analyzers.NAMES, query, NAME_BOOST);
    addTerms(words, Analyzers.TITLES, query, TITLE_BOOST);
    addTerms(words, Analyzers.KEYWORDS, query, KEYWORD_BOOST);
    return new BooleanQuery.Builder()
        .add(words.build(), Occur.MUST)
        .add(inBases, Occur.FILTER)
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

  private static Hit hit(Document document, double score) {
    return new Hit(
        document.get(SegmentIndex.ID),
        document.get(SegmentIndex.BASE),
        document.get("baseName"),
        document.get(SegmentIndex.DOCUMENT),
        document.get("documentName"),
        document.getField("position").numericValue().intValue(),
        document.get("headings"),
        document.get(SegmentIndex.STORED_TEXT),
        document.getField("page").numericValue().intValue(),
        score);
  }
}
