package dev.yagura.model.langchain.local;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * all-MiniLM-L6-v2, quantised. LangChain4j's own class for it starts as many threads as there are
 * processors and reads 126 tokens of a text, whatever its length.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel {
  static final int DIMENSIONS = 384;

  private static final String NAME = "all-minilm-l6-v2-q";

  private final OnnxBertBiEncoder encoder;

  private MiniLm(OnnxBertBiEncoder encoder) {
    super(Runnable::run);
    this.encoder = encoder;
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }

  @Override
  protected Integer knownDimension() {
    return DIMENSIONS;
  }

  /** Takes about a second and 100 MB outside the heap. */
  static MiniLm load() throws IOException, OrtException {
    TokenizerLibrary library = TokenizerLibrary.prepare();
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      try (var options = new OrtSession.SessionOptions()) {
        // Texts are what runs side by side; a pool for each of them would take all processors.
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        OrtSession session = environment.createSession(resource(NAME + ".onnx"), options);
        return new MiniLm(
            new OnnxBertBiEncoder(environment, session, tokenizer(), PoolingMode.MEAN));
      }
    } finally {
      library.remove();
    }
  }

  /** The tokenizer's settings without the cut after 128 tokens. */
  private static InputStream tokenizer() throws IOException {
    var json = new JsonMapper();
    var settings = (ObjectNode) json.readTree(resource(NAME + "-tokenizer.json"));
    settings.putNull("truncation").putNull("padding");
    return new ByteArrayInputStream(json.writeValueAsBytes(settings));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = MiniLm.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}
