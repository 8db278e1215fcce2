package dev.yagura.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yagura.connect.Channel.Delivery;
import dev.yagura.finding.alert.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every channel keeps to. */
public abstract class ChannelContract {
  /** The name of a resource that an attacker has chosen. */
  protected static final String HOSTILE =
      "<!channel> @here [pay](https://evil.example/x) **now** https://evil.example/y";

  private static final String OTHER = "00001111222233334444555566667777";

  /** With deadlines of a few seconds at most. */
  protected abstract Channel channel();

  /** From now on the service takes what it gets. */
  protected abstract void accepts();

  /** From now on the service asks to wait for seven seconds; false where it cannot say so. */
  protected abstract boolean asksToWait();

  /** From now on the service has a fault of its own, and may have taken what it got. */
  protected abstract void breaks();

  /** From now on the service refuses what it gets, for good. */
  protected abstract void refuses();

  /** From now on the service takes what it gets and says nothing. */
  protected abstract void hangs();

  /** Everything that a reader gets of the latest message. */
  protected abstract String read();

  /** Fails where the hostile name is more than text in the latest message. */
  protected abstract void assertHarmless();

  /** What nobody may read in a reason or a description. */
  protected abstract List<String> secrets();

  /** Whether it finds out by itself what is there already. */
  protected boolean findsOut() {
    return false;
  }

  @Test
  void an_alert_says_what_it_is_about() {
    accepts();
    assertThat(channel().deliver(Notices.single(false))).isInstanceOf(Delivery.Done.class);
    assertThat(read())
        .contains(Notices.alert("web").headline().getFirst().text())
        .contains(Notices.FINDING)
        .contains("111122223333");
  }

  @Test
  void words_of_an_attacker_are_no_markup_no_mention_and_no_link() {
    accepts();
    Notice notice = new Notice.Single("key-1", Notices.alert(HOSTILE), false);
    assertThat(channel().deliver(notice)).isInstanceOf(Delivery.Done.class);
    assertThat(Span.plain(Notices.alert(HOSTILE).headline()) + read()).contains("pay");
    assertHarmless();
  }

  @Test
  void a_digest_names_every_finding() {
    accepts();
    assertThat(channel().deliver(Notices.several())).isInstanceOf(Delivery.Done.class);
    assertThat(read()).contains(Notices.FINDING).contains(OTHER);
  }

  @Test
  void repeats_name_every_finding() {
    accepts();
    assertThat(channel().deliver(Notices.repeats("", false))).isInstanceOf(Delivery.Done.class);
    assertThat(read()).contains(Notices.FINDING).contains(OTHER);
  }

  @Test
  void what_may_be_there_already_says_so() {
    if (!findsOut()) {
      accepts();
      assertThat(channel().deliver(Notices.single(true))).isInstanceOf(Delivery.Done.class);
      assertThat(read()).containsAnyOf("an earlier delivery was not confirmed", "\"resent\":true");
    }
  }

  @Test
  void a_service_that_asks_to_wait_is_left_alone_for_as_long() {
    if (asksToWait()) {
      assertThat(channel().deliver(Notices.several()))
          .isInstanceOfSatisfying(
              Delivery.Busy.class,
              busy -> assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(7)));
    }
  }

  @Test
  void a_fault_of_the_service_is_tried_again() {
    breaks();
    assertThat(channel().deliver(Notices.several()))
        .isInstanceOfSatisfying(Delivery.Later.class, later -> discreet(later.reason()));
  }

  @Test
  void what_is_refused_for_good_is_given_up_with_the_reason() {
    refuses();
    assertThat(channel().deliver(Notices.several()))
        .isInstanceOfSatisfying(Delivery.Never.class, never -> discreet(never.reason()));
  }

  @Test
  @Timeout(9)
  void a_service_that_says_nothing_is_given_up_within_the_deadline() {
    hangs();
    assertThat(channel().deliver(Notices.several()))
        .isInstanceOfSatisfying(
            Delivery.Later.class,
            later -> {
              discreet(later.reason());
              assertThat(later.unsure()).as("it may have got through").isTrue();
            });
  }

  @Test
  void its_description_tells_no_secret() {
    discreet(channel().describe());
  }

  private void discreet(String text) {
    assertThat(text).isNotBlank();
    secrets().forEach(secret -> assertThat(text).doesNotContain(secret));
  }
}
