package dev.yagura.connect;

import org.junit.jupiter.api.AfterEach;

/** The contract for channels that are reached over HTTP. */
public abstract class WebContract extends ChannelContract {
  protected final Web web = new Web();

  @AfterEach
  void stop() {
    web.close();
  }

  @Override
  protected void accepts() {
    web.answers(200, "ok");
  }

  @Override
  protected boolean asksToWait() {
    web.answers(429, "");
    return true;
  }

  @Override
  protected void breaks() {
    web.answers(503, "");
  }

  @Override
  protected void refuses() {
    web.answers(404, "no_such_thing");
  }

  @Override
  protected void hangs() {
    web.hangs();
  }

  @Override
  protected String read() {
    return web.requests.getLast().body();
  }
}
