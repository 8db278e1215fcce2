package dev.yagura.dify;

import dev.yagura.base.Problem.Place;

/** Where a node stands in its file. */
public record NodePlace(String node, Place place) {}
