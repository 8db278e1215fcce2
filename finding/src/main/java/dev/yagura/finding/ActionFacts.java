package dev.yagura.finding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what was seen (guardduty.md §2.5). */
final class ActionFacts {
  private ActionFacts() {}

  static Action of(Tree body) {
    Tree action = body.at("service.action");
    if (action.at("dnsRequestAction").isPresent()) {
      return dns(action.at("dnsRequestAction"));
    }
    if (action.at("networkConnectionAction").isPresent()) {
      return connection(action.at("networkConnectionAction"));
    }
    if (action.at("portProbeAction").isPresent()) {
      return probe(action.at("portProbeAction"));
    }
    if (action.at("awsApiCallAction").isPresent()) {
      return api(action.at("awsApiCallAction"));
    }
    if (action.at("kubernetesApiCallAction").isPresent()) {
      return kubernetes(action.at("kubernetesApiCallAction"));
    }
    if (action.at("rdsLoginAttemptAction").isPresent()) {
      return login(action.at("rdsLoginAttemptAction"));
    }
    return new Action.Other(Facts.name(action.text("actionType")));
  }

  private static Action dns(Tree at) {
    return new Action.DnsRequest(
        Facts.text(at.text("domain")), at.flag("blocked"), Facts.name(at.text("protocol")));
  }

  private static Action connection(Tree at) {
    return new Action.NetworkConnection(
        at.text("connectionDirection", "UNKNOWN"),
        integer(at.number("localPortDetails.port")),
        Facts.name(at.text("localPortDetails.portName")),
        Facts.name(at.text("protocol")),
        at.flag("blocked"),
        remote(at, at.at("remotePortDetails")));
  }

  private static Action probe(Tree at) {
    List<Action.Probe> probes = new ArrayList<>();
    List<Tree> all = at.list("portProbeDetails");
    for (Tree detail : all.subList(0, Math.min(all.size(), Facts.MAX_LISTED))) {
      probes.add(
          new Action.Probe(
              integer(detail.number("localPortDetails.port")),
              Facts.name(detail.text("localPortDetails.portName")),
              remote(detail, detail.at("remotePortDetails"))));
    }
    return new Action.PortProbe(probes, all.size(), at.flag("blocked"));
  }

  private static Action api(Tree at) {
    return new Action.ApiCall(
        Facts.name(at.text("api")),
        Facts.name(at.text("serviceName")),
        Facts.name(at.text("errorCode")),
        Facts.text(at.text("userAgent")),
        remote(at, at.at("remotePortDetails")),
        at.at("affectedResources").node().size());
  }

  private static Action kubernetes(Tree at) {
    return new Action.KubernetesCall(
        Facts.name(at.text("verb")),
        Facts.text(at.text("requestUri")),
        Facts.name(at.text("resource")),
        Facts.name(at.text("namespace")),
        Facts.name(at.text("resourceName")),
        integer(at.number("statusCode")),
        Facts.text(at.text("userAgent")),
        remote(at, at.at("remotePortDetails")));
  }

  private static Action login(Tree at) {
    List<Action.Login> logins = new ArrayList<>();
    List<Tree> all = at.list("loginAttributes");
    for (Tree one : all.subList(0, Math.min(all.size(), Facts.MAX_LISTED))) {
      logins.add(
          new Action.Login(
              Facts.name(one.text("user")),
              Facts.name(one.text("application")),
              number(one.number("failedLoginAttempts")),
              number(one.number("successfulLoginAttempts"))));
    }
    return new Action.DatabaseLogin(logins, remote(at, at.at("remotePortDetails")));
  }

  private static long number(@Nullable Double value) {
    return value == null ? 0 : value.longValue();
  }

  private static @Nullable Integer integer(@Nullable Double value) {
    return value == null ? null : value.intValue();
  }

  private static Remote remote(Tree at, Tree port) {
    Tree ip = at.at("remoteIpDetails");
    String organization = ip.text("organization.org", ip.text("organization.asnOrg", ""));
    String asn = ip.text("organization.asn", "");
    return new Remote(
        Facts.name(ip.text("ipAddressV4", ip.text("ipAddressV6", ""))),
        integer(port.number("port")),
        Facts.name(port.text("portName")),
        Facts.name(ip.text("country.countryName", ip.text("country.countryCode", ""))),
        Facts.name(ip.text("city.cityName")),
        Facts.name(organization),
        asn.equals("-1") ? "" : Facts.name(asn),
        Facts.name(at.text("domainDetails.domain")),
        Facts.name(at.text("remoteAccountDetails.accountId")));
  }

  /** Threat lists and threats that matched, at most {@link Facts#MAX_LISTED}. */
  static List<String> threatLists(Tree body) {
    List<String> names = new ArrayList<>();
    for (Tree one : body.list("service.evidence.threatIntelligenceDetails")) {
      addName(names, one.text("threatListName"));
      one.texts("threatNames").forEach(name -> addName(names, name));
    }
    addName(names, body.text("service.additionalInfo.threatListName"));
    addName(names, body.text("service.additionalInfo.threatName"));
    return List.copyOf(names.subList(0, Math.min(names.size(), Facts.MAX_LISTED)));
  }

  private static void addName(List<String> names, @Nullable String name) {
    if (name != null && !names.contains(Facts.name(name))) {
      names.add(Facts.name(name));
    }
  }
}
