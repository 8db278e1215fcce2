package dev.yagura.server;

import dev.yagura.aws.BedrockProvider;
import dev.yagura.base.Boundary;
import dev.yagura.connect.OutboxDelivery;
import dev.yagura.egress.EgressClient;
import dev.yagura.finding.alert.Floor;
import dev.yagura.finding.catalogue.Catalogue;
import dev.yagura.knowledge.Library;
import dev.yagura.model.ModelProvider;
import dev.yagura.model.langchain.AnthropicProvider;
import dev.yagura.model.langchain.OpenAiProvider;
import dev.yagura.model.langchain.local.LocalProvider;
import dev.yagura.node.NodeTypes;
import dev.yagura.node.Services;
import dev.yagura.run.LocalDriver;
import dev.yagura.run.RunRecord;
import dev.yagura.server.app.Apps;
import dev.yagura.server.app.JsonRecords;
import dev.yagura.server.app.Keys;
import dev.yagura.server.app.ModelRegistry;
import dev.yagura.server.app.SlackSettings;
import dev.yagura.server.app.Versions;
import dev.yagura.server.channel.Channels;
import dev.yagura.server.config.Config;
import dev.yagura.server.config.Key;
import dev.yagura.server.rule.Rules;
import dev.yagura.server.run.EventWork;
import dev.yagura.server.run.FindingDesk;
import dev.yagura.server.run.FindingWork;
import dev.yagura.server.run.QueuedFindings;
import dev.yagura.server.run.Runs;
import dev.yagura.server.secret.Vault;
import dev.yagura.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything behind the routes and the command line, wired by hand over one data folder. Opening it
 * starts nothing; {@link #start} resumes what was under way and begins to work.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final String APPS = "app";

  private final Config config;
  private final InstantSource clock = InstantSource.system();
  private final Catalogue catalogue = Catalogue.load();
  private final Floor floor = new Floor(catalogue);
  private final BedrockProvider bedrock = new BedrockProvider();
  private final Store store;
  private final EgressClient egress;
  private final ModelRegistry models;
  private final Library library;
  private final FileStore files;
  private final NodeTypes types;
  private final Apps apps;
  private final Keys keys;
  private final AlertDelivery alerts;
  private final Rules rules;
  private final LocalDriver driver;
  private final Runs runs;
  private final FindingDesk desk;
  private final Queues queues;
  private volatile boolean ready;
  private boolean started;

  private Engine(Config config, Store store) {
    this.config = config;
    this.store = store;
    Path data = config.data();
    Vault vault = VaultOpening.open(config, records("vault"));
    this.egress = new EgressClient(config.egress());
    this.models = new ModelRegistry(records("model"), vault, providers());
    this.library = KnowledgeSetUp.library(config, store, models, clock);
    this.files = new FileStore(data.resolve("files"), records("file"), clock);
    this.types =
        Extensions.nodeTypes(
            new Services(floor, models, library, egress, files, config.deadlines()));
    Versions versions =
        new Versions(
            records("version"),
            store.workflows(),
            vault,
            Map.of("language", config.language().text(), "time_zone", config.timeZone().getId()));
    this.apps = new Apps(records(APPS), versions, library.bases(), clock);
    this.keys = new Keys(records("key"), clock);
    this.alerts = alerts(vault);
    this.driver = new LocalDriver(store.journal(), types::run, clock);
    this.runs = new Runs(driver, store.history(), clock, Runs.Settings.of(config));
    this.rules = new Rules(records("rule"), clock);
    this.desk = makeDesk();
    var sink = new QueuedFindings(desk, store.findings(), config.count(Key.SQS_WAITING));
    this.queues = new Queues(config, sink, clock);
  }

  private JsonRecords records(String kind) {
    return new JsonRecords(store.records(), kind);
  }

  private List<ModelProvider> providers() {
    List<ModelProvider> all =
        new ArrayList<>(
            List.of(bedrock, new OpenAiProvider(), new AnthropicProvider(), new LocalProvider()));
    ServiceLoader.load(ModelProvider.class).forEach(all::add);
    return all;
  }

  private AlertDelivery alerts(Vault vault) {
    var slack =
        new SlackSettings(
            records("channel"),
            vault,
            egress,
            config.egress().allowed(),
            config.secret(Key.SLACK_WEBHOOK));
    return new AlertDelivery(
        config,
        new OutboxDelivery.Ports(store.outbox(), store.findings(), floor, clock),
        new Channels.Ports(records("place"), vault, egress, slack::isStandIn),
        slack);
  }

  private FindingDesk makeDesk() {
    var ports =
        new FindingWork.Ports(
            runs,
            apps,
            store.journal(),
            store.findings(),
            store.outbox(),
            floor,
            clock,
            alerts::wake);
    var settings =
        new FindingWork.Settings(
            config.language(), config.timeZone(), config.seconds(Key.FINDINGS_SECONDS));
    var defaults = new DefaultWorkflow(apps);
    return new FindingDesk(
        store.findings(),
        new FindingDesk.Work(
            new FindingWork(ports, defaults::app, settings),
            new EventWork(ports, settings.deadline()),
            rules),
        clock,
        new FindingDesk.Settings(
            config.count(Key.FINDINGS_CONCURRENT), config.seconds(Key.FINDINGS_REPEAT_SECONDS)));
  }

  /** Opens the data folder; a FlowException says what is wrong with it. */
  @Boundary("whatever stops the opening closes the store and goes on")
  public static Engine open(Config config) {
    Store store = Store.open(config.data(), InstantSource.system());
    try {
      return new Engine(config, store);
    } catch (RuntimeException refused) {
      store.close();
      throw refused;
    }
  }

  /** Makes the bundled workflow the first app, where there is none. */
  public void installBundled() {
    new DefaultWorkflow(apps).install();
  }

  /** Puts the bundled knowledge into the index; must come before imports that name it. */
  public void openKnowledge() {
    KnowledgeSetUp.open(library, catalogue);
  }

  /** Goes on with what was under way and begins to work. */
  public synchronized void start() {
    started = true;
    alerts.start();
    List<RunRecord> open = store.journal().open();
    for (LocalDriver.NotResumed left : driver.resumeAll(apps.versions(), alerts.listener())) {
      LOG.error("run {} cannot go on: {}", left.run().id(), left.reason());
    }
    open.forEach(runs::adopt);
    desk.start();
    queues.start();
    library.keepVectors();
    ready = true;
    KnowledgeSetUp.watchFolders(config, library, () -> ready);
    var cleaning =
        new Cleaning(config, store.retention(), files, workflowRemoval()::leftovers, clock);
    Thread unused = Thread.ofVirtual().name("housekeeping").start(() -> cleaning.work(() -> ready));
  }

  public boolean isReady() {
    return ready;
  }

  public Config config() {
    return config;
  }

  public InstantSource clock() {
    return clock;
  }

  public Floor floor() {
    return floor;
  }

  public Store store() {
    return store;
  }

  public EgressClient egress() {
    return egress;
  }

  public ModelRegistry models() {
    return models;
  }

  public Library library() {
    return library;
  }

  public FileStore files() {
    return files;
  }

  public NodeTypes types() {
    return types;
  }

  public Apps apps() {
    return apps;
  }

  public WorkflowRemoval workflowRemoval() {
    return new WorkflowRemoval(apps, keys, store.journal());
  }

  public Keys keys() {
    return keys;
  }

  public AlertDelivery alerts() {
    return alerts;
  }

  public Rules rules() {
    return rules;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public Runs runs() {
    return runs;
  }

  public FindingDesk desk() {
    return desk;
  }

  public Queues queues() {
    return queues;
  }

  /**
   * Takes nothing new, lets runs end for a while, and lets go of the others: whoever waits for them
   * hears that the server stops, and they go on at the next start.
   */
  public void stopWork() {
    ready = false;
    if (started) {
      queues.stop();
      desk.close();
      runs.stop(config.seconds(Key.STOP_SECONDS));
    }
    driver.close();
  }

  @Override
  public void close() {
    stopWork();
    alerts.close();
    library.close();
    egress.close();
    queues.close();
    bedrock.close();
    store.close();
  }
}
