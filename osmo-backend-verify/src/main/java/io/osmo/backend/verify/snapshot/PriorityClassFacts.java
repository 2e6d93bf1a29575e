// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/** A PriorityClass. */
public record PriorityClassFacts(String name, int value, boolean globalDefault) {}
