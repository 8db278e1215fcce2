package dev.yagura.connect;

import dev.yagura.finding.alert.Alert;
import java.util.function.Predicate;

/**
 * A channel as it is set up.
 *
 * @param id the same for as long as the channel is the same
 * @param wants which alerts go there; an alert that no channel wants goes to the first of them
 */
public record Place(String id, Channel channel, Predicate<Alert> wants) {}
