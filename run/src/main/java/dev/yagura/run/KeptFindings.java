package dev.yagura.run;

import dev.yagura.run.FindingStore.Accepted;
import java.util.List;
import java.util.Map;

/** A look at the findings that are kept, for an administrator. */
public interface KeptFindings {
  /** How many there are by the whole text in the place of the app, where that begins so. */
  Map<String, Integer> counts(String beginning);

  /** The last of them. */
  List<Accepted> last(String beginning, int most);
}
