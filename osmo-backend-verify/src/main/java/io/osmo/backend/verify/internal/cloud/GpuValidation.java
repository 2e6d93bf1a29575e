// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.function.Predicate;

/**
 * Versions with which OSMO was validated on GPU nodes.
 *
 * @param versions the versions in words
 * @param holds whether a node has them
 */
public record GpuValidation(String versions, Predicate<NodeFacts> holds) {}
