package dev.yagura.node;

import dev.yagura.egress.EgressClient;
import dev.yagura.egress.EgressRules;
import dev.yagura.finding.alert.Floor;
import dev.yagura.knowledge.Knowledge;
import dev.yagura.model.Deadlines;
import dev.yagura.model.Models;

/**
 * What nodes use of the world.
 *
 * @param egress the one way out
 * @param files where files are kept
 * @param deadlines of calls of models
 */
public record Services(
    Floor floor,
    Models models,
    Knowledge knowledge,
    EgressClient egress,
    FileShelf files,
    Deadlines deadlines) {

  /** Without models, knowledge and files; requests go where they may. */
  public static Services offline(Floor floor) {
    return new Services(
        floor,
        Models.NONE,
        Knowledge.NONE,
        new EgressClient(EgressRules.STRICT),
        FileShelf.NONE,
        Deadlines.DEFAULT);
  }
}
